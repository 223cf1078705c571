import type { ErrorName, OperationId } from "@contact-groups/openapi/model";
import type { components } from "../generated/control-types.ts";

type Described = components["schemas"]["FaultFields"];

/**
 * An answer that goes wrong on purpose: which calls it is about, and what it does.
 *
 * `operation`, `sdkAppId`, `user`, `nth`, `times` and `probability` choose calls; without any of them it is every call. `error`,
 * `status` or `body` say what is answered; `reset`, `truncate` or `drip` how; `delayMs` goes with each of them. `when` says whether the
 * operation is done first: `after` is an answer that is lost when the group exists already.
 */
export interface Fault extends Omit<Described, "operation" | "error"> {
  /** Only calls to this operation. */
  readonly operation?: OperationId;
  /** A failure of the service, by its name in the catalogue, its code, or any other number but 0. */
  readonly error?: ErrorName | number;
}

/** A fault with what it counted since it was added or the emulator was reset. */
export interface FaultRecord extends Fault {
  readonly id: number;
  /** Calls that it is about. */
  readonly matched: number;
  /** Calls at which it spoke. */
  readonly spoken: number;
}

/** A fault that was added. */
export interface FaultHandle {
  readonly id: number;
  /** Takes it away. Says whether it was still there. */
  remove(): boolean;
}

/** The faults of an emulator. */
export interface Faults {
  /**
   * Adds a fault, from the next call on. Of several that match a call, the one that was added first and has its turn speaks; each counts
   * its matching calls, and draws for itself.
   *
   * Throws a `TypeError` that names the field that is wrong.
   *
   * @example
   * ```ts
   * // The second group is created, but the client never hears of it.
   * emulator.faults.add({ operation: "createContactGroup", nth: 2, reset: true, when: "after" });
   * // One call of ten meets a gateway that fails, in every run the same ones.
   * emulator.faults.add({ status: 502, probability: 0.1, seed: 7 });
   * ```
   */
  add(fault: Fault): FaultHandle;
  /** In the order in which they were added. */
  list(): readonly FaultRecord[];
  /** Takes one away by its ID. Says whether it was there. */
  remove(id: number): boolean;
  /** Takes all away. */
  clear(): void;
}
