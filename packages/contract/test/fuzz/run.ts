/** Sends the same random requests through every form of the contract server, compares what comes of them, and has Prism validate each response. */
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { parseBody } from "../../src/body.ts";
import { loadPrism } from "../../src/load-prism.ts";
import { operations } from "../../src/operations.ts";
import { type Outcome, startForms } from "./forms.ts";
import { type FuzzedRequest, someRequest } from "./requests.ts";

/** A request that two forms do not treat alike, or a response that Prism rejects. */
export interface Difference {
  readonly request: Omit<FuzzedRequest, "body"> & { readonly body: string };
  readonly one: unknown;
  readonly other: unknown;
}

export interface FuzzReport {
  readonly requests: number;
  /** How many of the requests the server accepted. */
  readonly accepted: number;
  /** Requests that each form got. */
  readonly sent: Readonly<Record<string, number>>;
  /** Outcomes that were compared with that of the first form. */
  readonly compared: number;
  /** Responses that Prism validated. */
  readonly validated: number;
  readonly differences: readonly Difference[];
}

/** Maximum number of differences before the run ends. */
const most = 10;

/**
 * Runs the comparison.
 *
 * @param count Number of requests.
 * @param seed The same seed has the same requests.
 */
export async function fuzz(count: number, seed: number): Promise<FuzzReport> {
  const { forms, close } = await startForms();
  const prism = await loadPrism();
  const sent = Object.fromEntries(forms.map(({ name }) => [name, 0]));
  const differences: Difference[] = [];
  let [requests, accepted, compared, validated] = [0, 0, 0, 0];
  try {
    for (const request of fc.sample(someRequest, { numRuns: count, seed })) {
      requests += 1;
      const shown = { ...request, body: Buffer.from(request.body).toString("latin1") };
      let first: Outcome | undefined;
      for (const { name, send } of forms) {
        const result = await send(request);
        if (!result) continue;
        sent[name] = (sent[name] ?? 0) + 1;
        const { outcome, message } = result;
        const path = request.target.slice(0, request.target.indexOf("?"));
        const operation = operations.find((one) => one.path === path);
        if (operation) {
          const { method } = operation;
          const found = await prism.validateResponse({ ...message, method, path, body: parseBody(message.body) });
          validated += 1;
          if (found?.length !== 0) differences.push({ request: shown, one: name, other: found ?? outcome.text });
        }
        if (!first) {
          first = outcome;
          if (outcome.violations.length === 0) accepted += 1;
          continue;
        }
        compared += 1;
        if (!isDeepStrictEqual(first, outcome))
          differences.push({ request: shown, one: first, other: { name, ...outcome } });
      }
      if (differences.length >= most) break;
    }
  } finally {
    await close();
  }
  return { requests, accepted, sent, compared, validated, differences };
}
