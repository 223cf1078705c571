import { operations } from "@contact-groups/openapi/model";
import { answerHeaders } from "../../src/fetch-face.ts";
import type { CoreAnswer, Core, Emulator } from "../../src/index.ts";
import { judge } from "./judge.ts";

/** What Prism found since it was last asked; a few are enough. */
let found: string[] = [];

/** What Prism found in answers since this was last called. */
export function takeViolations(): readonly string[] {
  const taken = found;
  found = [];
  return taken;
}

/** Lets Prism judge each answer of an emulator, whichever shell hands it over. */
export function watch(emulator: Emulator): Emulator {
  const { answer, answerAll } = emulator.core;
  Object.assign(emulator.core, {
    answer: (call) => note(answer(call)),
    answerAll: (calls) => answerAll(calls).map(note),
  } satisfies Partial<Core>);
  return emulator;
}

function note(answer: CoreAnswer): CoreAnswer {
  const { operation, status, body, delivery } = answer;
  // A fault may send what is no JSON.
  if (delivery) return answer;
  const path = operation && operations[operation].path;
  const wrong = judge({ path, status, contentType: answerHeaders["Content-Type"] ?? null, body });
  if (wrong.length > 0 && found.length < 10) found.push(`${wrong.join("; ")} ${body.slice(0, 500)}`);
  return answer;
}
