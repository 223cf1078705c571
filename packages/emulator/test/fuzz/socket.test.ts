import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { goodRequests, options } from "./good-requests.ts";
import { grows, usedHeap } from "./heap.ts";
import { talk } from "./talk.ts";
import { conversations, toBytes } from "./wire-bytes.ts";
import { hanging, within } from "./within.ts";

const windows = 12;
/** Connections at a time. */
const together = 8;
const numRuns = Math.ceil(amount({ quick: 600, thorough: 40_000 }) / windows / together / 2);
/** Growth in bytes that is not a leak. In a few runs, what is compiled and cached weighs more than any leak. */
const tolerated = amount({ quick: Infinity, thorough: 400_000 });

const crowd = fc.array(conversations, { minLength: together, maxLength: together });
// Short times, because what was left unfinished is waited for.
const limits = { headMs: 400, requestMs: 400, idleMs: 200, unreadMs: 2000, lingerMs: 50, connections: 500 };

test("responds to any bytes on a socket or closes the connection, and leaks no memory", async () => {
  let calls = 0;
  const emulator = createEmulator({ ...options, onCall: () => void calls++ });
  const clean = JSON.stringify(emulator.snapshot());
  const { port, close } = await emulator.listen({ limits });
  const seen = new Set<number>();
  const heap: number[] = [];

  // Other values in each window, and in test:thorough other ones in each run.
  for (let window = 0; window < windows; window++) {
    await fc.assert(
      fc.asyncProperty(crowd, async (said) => {
        const talks = await Promise.all(said.map((it) => talk(port, it)));
        expect(talks.flatMap(({ faults }) => faults)).toEqual([]);
        for (const { status } of talks.flatMap(({ responses }) => responses)) seen.add(status);
      }),
      { numRuns, ...amount({ quick: { seed: window }, thorough: {} }) },
    );
    await settled(() => calls);
    await fc.assert(
      fc.asyncProperty(crowd, async (said) => {
        const before = calls;
        const talks = await Promise.all(said.map((it) => talk(port, { ...it, leave: "end" })));
        expect(talks.flatMap(({ faults }) => faults)).toEqual([]);
        // A client that waits gets a response for everything that was done.
        const completed = talks.reduce((sum, it) => sum + it.calls, 0);
        if (talks.some(({ isOver }) => isOver)) expect(completed).toBeLessThanOrEqual(calls - before);
        else expect(completed).toBe(calls - before);
      }),
      { numRuns, ...amount({ quick: { seed: window }, thorough: {} }) },
    );
    for (const good of goodRequests) {
      emulator.restore(JSON.parse(clean));
      const { responses } = await talk(port, { text: toBytes(good).toString("latin1"), cuts: [], leave: "end" });
      expect(responses.map(({ body }) => body)).toEqual([expect.stringContaining('"ErrorCode":0,')]);
    }
    emulator.restore(JSON.parse(clean));
    heap.push(await usedHeap());
  }
  await within(hanging, close());
  await emulator.close();
  expect([...seen]).toEqual(expect.arrayContaining([200, 400]));
  expect(grows(heap, tolerated), `heap in use: ${heap.join(", ")}`).toBe(false);
});

/** Waits until a number no longer changes: requests of a client that left are still handled. */
async function settled(read: () => number): Promise<void> {
  for (let before = -1; before !== read();) {
    before = read();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
