import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { goodRequests, options, type Wire } from "./good-requests.ts";
import { grows, usedHeap } from "./heap.ts";
import { mutatedRequests } from "./mutated-requests.ts";
import { hanging, within } from "./within.ts";

const windows = 12;
const numRuns = Math.ceil(amount({ quick: 2000, thorough: 100_000 }) / windows);
/** Growth in bytes that is not a leak. In a few runs, what is compiled and cached weighs more than any leak. */
const tolerated = amount({ quick: Infinity, thorough: 200_000 });
const emulator = createEmulator(options);
afterAll(() => emulator.close());

test("responds to every mutated request in the service's form, changes nothing when it fails, and leaks no memory", async () => {
  const clean = JSON.stringify(emulator.snapshot());
  const codes = new Map<number, number>();
  const heap: number[] = [];
  for (let window = 0; window < windows; window++) {
    await fc.assert(
      fc.asyncProperty(mutatedRequests, async (wire) => {
        const code = await send(wire);
        codes.set(code, (codes.get(code) ?? 0) + 1);
        if (code === 0) emulator.restore(JSON.parse(clean));
        else expect(JSON.stringify(emulator.snapshot())).toBe(clean);
      }),
      // Other values in each window, and in test:thorough other ones in each run.
      { numRuns, ...amount({ quick: { seed: window }, thorough: {} }) },
    );
    for (const good of goodRequests) {
      expect(await send(good)).toBe(0);
      emulator.restore(JSON.parse(clean));
    }
    heap.push(await usedHeap());
  }
  // The mutations reach the operations and each request check.
  expect(codes.size).toBeGreaterThan(10);
  expect(grows(heap, tolerated), `heap in use: ${heap.join(", ")}`).toBe(false);
});

/** The `ErrorCode` of the response; -1 when nothing was called. */
async function send({ method, path, query, headers, body }: Wire): Promise<number> {
  const request = toRequest(`http://emulator.test${path}?${query}`, { method, headers, body });
  if (!request) return -1;
  const response = await within(hanging, emulator.fetch(request));
  if (method === "OPTIONS") {
    expect(response.status).toBe(204);
    return -1;
  }
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "application/json"]);
  const { ErrorCode, ErrorInfo, ActionStatus } = (await response.json()) as Record<string, unknown>;
  expect(ActionStatus).toBe(ErrorCode === 0 ? "OK" : "FAIL");
  // A response says why in few words, and shows no stack trace.
  expect(String(ErrorInfo).length).toBeLessThan(700);
  expect(String(ErrorInfo)).not.toMatch(/core\.failure|\bat .*:\d+:\d+|undefined|\[object/);
  return Number(ErrorCode);
}

/** Undefined for what no client can make a request of. */
function toRequest(url: string, { method = "", body, ...init }: RequestInit): Request | undefined {
  const withoutBody = method === "GET" || method === "HEAD";
  try {
    return new Request(url, { ...init, method, ...(!withoutBody && body && { body }) });
  } catch {
    return undefined;
  }
}
