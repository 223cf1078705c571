import { operations } from "@contact-groups/openapi/model";
import type { Emulator } from "../../src/index.ts";

/** Sends one get for ann, and returns the response of `fetch`. */
export function send({ fetch }: Emulator, init: RequestInit = {}): Promise<Response> {
  const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";
  const body = JSON.stringify({ From_Account: "ann", StartIndex: 0 });
  return fetch(`http://emulator.test${operations.getContactGroup.path}?${query}`, { method: "POST", body, ...init });
}
