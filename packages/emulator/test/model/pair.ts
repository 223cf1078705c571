import type { SeedDocument } from "../../src/index.ts";
import { now } from "../call.ts";
import type { CallCommand, Command } from "./commands.ts";
import { sdkAppIds } from "./names.ts";
import type { State } from "./reference-state.ts";
import { Reference } from "./reference.ts";
import { readsOf, type Runner } from "./run.ts";

/** The responses of the emulator in a step, and the expected ones. */
export interface Compared {
  readonly actual: readonly unknown[];
  readonly expected: readonly unknown[];
}

const nothing: Compared = { actual: [], expected: [] };

/** An emulator and its reference. */
export class Pair {
  readonly #runner: Runner;
  readonly #reference: Reference;
  readonly #beginning: State;
  #saved: State | undefined;

  constructor(runner: Runner, seed: SeedDocument) {
    this.#runner = runner;
    this.#reference = new Reference(runner.emulator.settings, sdkAppIds[0], now);
    this.#reference.seed(seed);
    this.#beginning = this.#reference.save();
  }

  /** Does a step with both. */
  step(command: Command): Compared {
    const reference = this.#reference;
    const responses = this.#runner.step(command);
    switch (command.kind) {
      case "call":
        return this.#compare([command], responses);
      case "batch":
        return this.#compare(command.calls, responses);
      case "read":
        return this.#compare(readsOf(), responses);
      case "seed":
        return { actual: responses, expected: [String(reference.seed(command.document))] };
      case "advance":
        reference.advance(command.milliseconds);
        return nothing;
      case "save":
        this.#saved = reference.save();
        return nothing;
      case "restore":
        if (this.#saved) reference.restore(this.#saved);
        return nothing;
      case "reset":
        reference.reset(this.#beginning, now);
        return nothing;
    }
  }

  #compare(calls: readonly CallCommand[], responses: readonly string[]): Compared {
    return {
      actual: responses.map((response) => JSON.parse(response, withoutReason) as unknown),
      expected: calls.map((call) => this.#reference.respond(call)),
    };
  }
}

/** The reference knows the message of the catalogue, but not the rule and why. */
export function withoutReason(name: string, value: unknown): unknown {
  return /^(Error|Result)Info$/.test(name) ? String(value).replace(/\.? \[[a-z]+\.[^]*$/, "") : value;
}
