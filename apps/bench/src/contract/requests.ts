import { type OperationId, operations, requestExamples } from "@contact-groups/openapi/model";
import type { Run } from "../compare.ts";

const targets = Object.entries(operations).map(([id, { path }]) => {
  const [first] = Object.values(requestExamples[id as OperationId]);
  return { path, body: JSON.stringify(first) };
});

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Sends the description's first request of each operation in turn, one after the other, and reads the responses.
 *
 * @throws an `Error` if one is not a success
 */
export async function sendRequests(fetch: Fetch, origin: string, calls: number): Promise<Run> {
  const headers = { "Content-Type": "application/json" };
  for (let call = 0; call < calls; call++) {
    const { path, body } = targets[call % targets.length]!;
    const query = `sdkappid=1400000000&identifier=administrator&usersig=eJwtzMEKgkAUheF3&random=${call}&contenttype=json`;
    const response = await fetch(`${origin}${path}?${query}`, { method: "POST", body, headers });
    const text = await response.text();
    if (response.status !== 200 || !text.includes('"OK"')) throw new Error(`Call ${call}: ${response.status} ${text}`);
  }
  return { calls };
}
