/** The calls that are measured: the description's first request of each operation, with a new random number each. */
import { type OperationId, operations, requestExamples } from "@contact-groups/openapi/model";

interface Target {
  readonly path: string;
  readonly body: string;
}

const targets: readonly Target[] = Object.entries(operations).map(([id, { path }]) => {
  const [first] = Object.values(requestExamples[id as OperationId]);
  return { path, body: JSON.stringify(first) };
});

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Sends calls one after the other and reads their responses. Throws when one fails. */
export async function makeCalls(fetch: Fetch, origin: string, count: number): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  for (let call = 0; call < count; call++) {
    const { path, body } = targets[call % targets.length] ?? { path: "", body: "" };
    const query = `sdkappid=1400000000&identifier=administrator&usersig=eJwtzMEKgkAUheF3&random=${call}&contenttype=json`;
    const response = await fetch(`${origin}${path}?${query}`, { method: "POST", body, headers });
    const text = await response.text();
    if (response.status !== 200 || !text.includes('"OK"'))
      throw new Error(`Call ${call} got ${response.status} ${text}`);
  }
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}
