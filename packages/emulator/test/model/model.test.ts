import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createEmulator, type SeedDocument, type Settings } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { now } from "../call.ts";
import { scripts, type CallCommand, type Command } from "./commands.ts";
import { sdkAppIds } from "./names.ts";
import { Reference } from "./reference.ts";
import type { State } from "./reference-state.ts";
import { readsOf, Runner, variants } from "./run.ts";
import { beginnings, toSeed } from "./seeds.ts";
import { stores } from "./stores.ts";

const numRuns = amount({ quick: 100, thorough: 1000 });

test.each(Object.entries(stores))("answers any script as the reference does, with the store %s", (_, createStore) => {
  fc.assert(
    fc.property(variants, beginnings, scripts, (settings, beginning, script) => {
      const seed = toSeed(beginning);
      const emulator = createEmulator({
        apps: sdkAppIds.map((sdkAppId) => ({ sdkAppId })),
        now: () => now,
        store: createStore(),
        settings,
        seed,
      });
      const pair = new Pair(new Runner(emulator), seed);
      for (const command of [...script, { kind: "read" } as const]) pair.step(command);
      void emulator.close();
    }),
    { numRuns },
  );
});

/** An emulator and its reference. */
class Pair {
  readonly #runner: Runner;
  readonly #reference: Reference;
  readonly #beginning: State;
  #saved: State | undefined;

  constructor(runner: Runner, seed: SeedDocument) {
    const settings: Settings = runner.emulator.settings;
    this.#runner = runner;
    this.#reference = new Reference(settings, sdkAppIds[0], now);
    this.#reference.seed(seed);
    this.#beginning = this.#reference.save();
  }

  /** Does a step with both and compares all that they answer. */
  step(command: Command): void {
    const runner = this.#runner;
    if (command.kind === "call") return this.#compare([command], [runner.call(command).body]);
    if (command.kind === "read") return readsOf().forEach((call) => this.step(call));
    const answers = runner.step(command);
    if (command.kind === "batch") this.#compare(command.calls, answers);
    else if (command.kind === "seed") expect(answers).toEqual([String(this.#reference.seed(command.document))]);
    else if (command.kind === "advance") this.#reference.advance(command.milliseconds);
    else if (command.kind === "save") this.#saved = this.#reference.save();
    else if (command.kind === "restore" && this.#saved) this.#reference.restore(this.#saved);
    else if (command.kind === "reset") this.#reference.reset(this.#beginning, now);
  }

  #compare(calls: readonly CallCommand[], answers: readonly string[]): void {
    const expected = calls.map((call) => this.#reference.answer(call));
    expect(answers.map((answer) => JSON.parse(answer, withoutReason) as unknown)).toEqual(expected);
  }
}

/** The catalogue's message is the reference's to know; which rule spoke and why is not. */
function withoutReason(name: string, value: unknown): unknown {
  return /^(Error|Result)Info$/.test(name) ? String(value).replace(/\.? \[[a-z]+\.[^]*$/, "") : value;
}
