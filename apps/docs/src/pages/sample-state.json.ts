import { sampleState } from "../console/sample-state.ts";
import { modelOf } from "../reference/model.ts";

/** The state with which the emulator in a page of an operation starts, the same in every language. */
export function GET(): Response {
  return Response.json(sampleState(modelOf("en")));
}
