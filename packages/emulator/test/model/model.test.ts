import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { now } from "../call.ts";
import { scripts, type Command } from "./commands.ts";
import { sdkAppIds } from "./names.ts";
import { Pair } from "./pair.ts";
import { Runner, variants } from "./run.ts";
import { beginnings, toSeed } from "./seeds.ts";
import { stores } from "./stores.ts";

const numRuns = amount({ quick: 100, thorough: 1000 });
const apps = sdkAppIds.map((sdkAppId) => ({ sdkAppId }));

test.each(Object.entries(stores))(
  "responds to any script as the reference does, with the store %s",
  (_, createStore) => {
    fc.assert(
      fc.property(variants, beginnings, scripts, (settings, beginning, script) => {
        const seed = toSeed(beginning);
        const emulator = createEmulator({ apps, now: () => now, store: createStore(), settings, seed });
        const pair = new Pair(new Runner(emulator), seed);
        for (const command of [...script, { kind: "read" }] satisfies Command[]) {
          const { actual, expected } = pair.step(command);
          expect(actual).toEqual(expected);
        }
        void emulator.close();
      }),
      { numRuns },
    );
  },
);
