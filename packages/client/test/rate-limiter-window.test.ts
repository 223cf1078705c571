import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from "fast-check";
import { expect, test } from "vitest";
import { createSlidingWindow } from "../src/rate-limiter.ts";
import { createManualClock } from "./manual-clock.ts";
import { mostWithin } from "./starts.ts";

const rate = record({ calls: integer({ min: 1, max: 8 }), seconds: constantFrom(0.05, 0.3, 1, 2) });
const steps = array(
  record({
    wait: integer({ min: 0, max: 1500 }),
    calls: integer({ min: 0, max: 12 }),
    /** Which of the calls are aborted at the next step, should they still wait. */
    aborted: array(boolean(), { maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test("for calls at any times, no window has more starts than allowed, all start in order, none waits longer than needed", async () => {
  await assert(
    asyncProperty(rate, steps, async ({ calls, seconds }, plan) => {
      const clock = createManualClock();
      const lengthMs = seconds * 1000;
      const window = createSlidingWindow({ calls, seconds }, clock);
      const started: { readonly id: number; readonly came: number; readonly at: number }[] = [];
      let id = 0;
      let settled = 0;
      let toAbort: AbortController[] = [];
      for (const step of plan) {
        await clock.advance(step.wait);
        for (const controller of toAbort) controller.abort();
        toAbort = [];
        for (let index = 0; index < step.calls; index++) {
          const call = { id: id++, came: clock.now() };
          const controller = new AbortController();
          if (step.aborted[index]) toAbort.push(controller);
          const begin = () => void started.push({ ...call, at: clock.now() });
          const turn = window.acquire(controller.signal);
          if (turn === undefined) begin();
          void Promise.resolve(turn && turn.then(begin, () => {})).then(() => settled++);
        }
      }
      await clock.advance((id + 1) * (lengthMs + 1));

      expect(settled).toBe(id);
      expect(clock.pending()).toBe(0);
      expect(started.map((call) => call.id)).toEqual(started.map((call) => call.id).toSorted((a, b) => a - b));
      const starts = started.map(({ at }) => at);
      expect(mostWithin(starts, lengthMs)).toBeLessThanOrEqual(calls);
      for (const [index, { came, at }] of started.entries()) {
        const free = Math.max(came, (starts[index - calls] ?? -Infinity) + lengthMs + 1, starts[index - 1] ?? 0);
        expect(at).toBe(free);
      }
    }),
    { numRuns: 200 },
  );
});
