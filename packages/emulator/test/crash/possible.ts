import { serialize } from "node:v8";
import type { SeedDocument, Settings } from "../../src/index.ts";
import type { CallCommand } from "../model/commands.ts";
import type { State } from "../model/reference-state.ts";
import { Reference } from "../model/reference.ts";

/** The states that a user can be in, by the reference: several ones while a call without a response has run or not. */
export class PossibleStates {
  readonly #reference: Reference;
  #states: readonly State[];

  constructor(settings: Settings, sdkAppId: number, now: number, seed: SeedDocument) {
    this.#reference = new Reference(settings, sdkAppId, now);
    this.#reference.seed(seed);
    this.#states = [this.#reference.save()];
  }

  /**
   * A call got no response: it has run up to `most` times, or not.
   */
  lose(call: CallCommand, most: number): void {
    if (most === 0) return;
    let last = this.#states;
    const all = [...last];
    for (let runs = 0; runs < most; runs++) {
      last = last.map((state) => this.#run(state, call).state);
      all.push(...last);
    }
    // Most calls change nothing when they run again.
    this.#states = [...new Map(all.map((state) => [serialize(state).toString("latin1"), state])).values()];
  }

  /**
   * A call got this response. Keeps the states in which it is the expected one, after up to `lost` runs without a response; returns the
   * responses that were expected instead, if there is no such state.
   */
  receive(call: CallCommand, response: unknown, lost: number): readonly unknown[] {
    this.lose(call, lost);
    const runs = this.#states.map((state) => this.#run(state, call));
    const right = runs.filter((run) => isSame(run.response, response));
    this.#states = right.map(({ state }) => state);
    return right.length > 0 ? [] : runs.map((run) => run.response);
  }

  /** Whether a read has to decide. */
  get isOpen(): boolean {
    return this.#states.length > 1;
  }

  #run(state: State, call: CallCommand): { readonly state: State; readonly response: unknown } {
    this.#reference.restore(state);
    const response = this.#reference.respond(call);
    return { state: this.#reference.save(), response };
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** A value whose fields have one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
