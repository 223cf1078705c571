import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createEmulator, type Settings } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { now } from "../call.ts";
import { scripts, type Command } from "./commands.ts";
import { sdkAppIds } from "./names.ts";
import { Runner, variants } from "./run.ts";
import { beginnings, toSeed, type Beginning } from "./seeds.ts";
import { stores } from "./stores.ts";

const numRuns = amount({ quick: 100, thorough: 1000 });
const all = Object.values(stores);

test("returns identical bytes with every store and in every run", () => {
  fc.assert(
    fc.property(variants, beginnings, scripts, (settings, beginning, script) => {
      const make = (): Runner[] => all.map((createStore) => runner(createStore, settings, beginning));
      // The first store has a second turn: nothing of a run may depend on when it was.
      const runners = [...make(), ...make().slice(0, 1)];
      for (const command of [...script, { kind: "read" }, { kind: "save" }] satisfies Command[]) {
        const [first, ...others] = runners.map((it) => it.step(command));
        for (const other of others) expect(other).toEqual(first);
      }
      const [first, ...others] = runners.map(({ emulator }) => JSON.stringify(emulator.calls));
      for (const other of others) expect(other).toBe(first);
      for (const { emulator } of runners) void emulator.close();
    }),
    { numRuns },
  );
});

function runner(createStore: (typeof all)[number], settings: Partial<Settings>, beginning: Beginning): Runner {
  const apps = sdkAppIds.map((sdkAppId) => ({ sdkAppId }));
  const seed = toSeed(beginning);
  return new Runner(createEmulator({ apps, now: () => now, store: createStore(), settings, seed }));
}
