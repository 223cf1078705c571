/** Faults: errors that are injected on purpose. */
import { show } from "@contact-groups/core/check";
import {
  type ErrorName,
  errorCodes,
  type OperationId,
  operations,
  type RequestBody,
} from "@contact-groups/openapi/model";
import { checkDocument, DocumentError } from "./document.ts";
import { faultField } from "./generated/control.ts";
import type { components } from "./generated/control-types.ts";
import type { CoreRequest } from "./request.ts";

/**
 * A fault: which calls it matches, and what it does to them.
 *
 * `operation`, `sdkAppId`, `user`, `nth`, `times` and `probability` select calls; without any of them every call is selected. `error`,
 * `status` or `body` replace the response; `reset`, `truncate` or `drip` change how it is sent; `delayMs` can be added to each of them.
 * `when` says whether the operation is run first: with `after`, the response is lost although the group was created.
 */
export interface Fault extends Omit<components["schemas"]["FaultFields"], "operation" | "error"> {
  /** Matches only calls to this operation. */
  readonly operation?: OperationId;
  /** An error of the service, by its name in the catalogue or by its code; any number except 0 is accepted. */
  readonly error?: ErrorName | number;
}

/** A fault with what it has counted since it was added or the emulator was reset. */
export interface FaultRecord extends Fault {
  readonly id: number;
  /** Number of calls that it matched. */
  readonly matched: number;
  /** Number of calls at which it was triggered. */
  readonly triggered: number;
}

/** A fault that was added. */
export interface FaultHandle {
  readonly id: number;
  /** Removes the fault. Returns whether it was still there. */
  remove(): boolean;
}

/** The faults of an emulator. */
export interface Faults {
  /**
   * Adds a fault, from the next call on. Of several faults that are due at a call, the one that was added first is triggered; each counts
   * its matching calls, and each has a random sequence of its own.
   *
   * @throws A `DocumentError` that names the first invalid field.
   * @example
   * ```ts
   * // The second group is created, but the client never gets the response.
   * emulator.faults.add({ operation: "createContactGroup", nth: 2, reset: true, when: "after" });
   * // A gateway fails at one call of ten, at the same calls in every run.
   * emulator.faults.add({ status: 502, probability: 0.1, seed: 7 });
   * ```
   */
  add(fault: Fault): FaultHandle;
  /** Returns the faults in the order in which they were added. */
  list(): readonly FaultRecord[];
  /** Removes a fault by its ID. Returns whether there was one. */
  remove(id: number): boolean;
  /** Removes all faults. */
  clear(): void;
}

/** The faults, with the members that only the core uses. */
export interface FaultRegistry extends Faults {
  /** Returns the fault that is triggered at this call; every fault that matches the call counts it. */
  trigger(request: CoreRequest): TriggeredFault | undefined;
  /** Keeps the faults, and resets their counters and random sequences. */
  reset(): void;
}

/** A fault that is triggered. */
export interface TriggeredFault {
  readonly id: number;
  readonly fault: Fault;
}

interface FaultEntry extends TriggeredFault {
  readonly counter: FaultCounter;
}

/** Creates a registry without faults. */
export function createFaults(): FaultRegistry {
  let entries: readonly FaultEntry[] = [];
  let lastId = 0;
  const remove = (id: number): boolean => {
    const before = entries.length;
    entries = entries.filter((entry) => entry.id !== id);
    return entries.length < before;
  };

  return {
    add(fault) {
      checkFault(fault);
      const id = ++lastId;
      const own = structuredClone(fault);
      entries = [...entries, { id, fault: own, counter: createCounter(own) }];
      return { id, remove: () => remove(id) };
    },
    list: () =>
      entries.map(({ id, fault, counter: { matched, triggered } }) => ({
        ...structuredClone(fault),
        id,
        matched,
        triggered,
      })),
    remove,
    clear() {
      entries = [];
    },
    trigger(request) {
      if (entries.length === 0) return undefined;
      let first: FaultEntry | undefined;
      const user = entries.some(({ fault }) => fault.user !== undefined) ? userOf(request) : undefined;
      for (const entry of entries) {
        if (matches(entry.fault, request, user) && entry.counter.match()) first ??= entry;
      }
      first?.counter.trigger();
      return first;
    },
    reset() {
      for (const { counter } of entries) counter.reset();
    },
  };
}

function matches({ operation, sdkAppId, user }: Fault, request: CoreRequest, userOfCall: unknown): boolean {
  if (operation !== undefined && operation !== request.operation) return false;
  if (sdkAppId !== undefined && sdkAppId !== request.app?.sdkAppId) return false;
  return user === undefined || user === userOfCall;
}

/** Returns `From_Account` of a body that was not checked yet. */
function userOf({ body }: CoreRequest): unknown {
  if (typeof body !== "string") return undefined;
  try {
    const value = JSON.parse(body) as Partial<RequestBody<OperationId>> | null;
    return value?.From_Account;
  } catch {
    return undefined;
  }
}

/** Counts the calls that a fault matches, and decides at which of them it is due. */
interface FaultCounter {
  readonly matched: number;
  readonly triggered: number;
  /** Counts a matching call. Returns whether the fault is due. */
  match(): boolean;
  /** Counts that the fault was triggered. */
  trigger(): void;
  /** Restarts the counters and the random sequence. */
  reset(): void;
}

function createCounter({ nth = 0, times = nth > 0 ? 1 : Infinity, probability = 1, seed = 1 }: Fault): FaultCounter {
  let matched = 0;
  let triggered = 0;
  let random = createRandom(seed);

  return {
    get matched() {
      return matched;
    },
    get triggered() {
      return triggered;
    },
    match() {
      matched++;
      // One random number for each call, so that it depends only on the number of the call.
      const isSelected = probability === 1 || random() < probability;
      return isSelected && matched >= nth && triggered < times;
    },
    trigger() {
      triggered++;
    },
    reset() {
      matched = 0;
      triggered = 0;
      random = createRandom(seed);
    },
  };
}

/** Creates a source of numbers from 0 up to, but not including, 1. The same seed always gives the same sequence (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Throws a `DocumentError` that names the first invalid field of a fault. */
function checkFault(given: unknown): asserts given is Fault {
  checkDocument(given, faultField);
  const fault = given as Fault;
  const { operation, error, errorInfo, contentType, body, when } = fault;
  if (operation !== undefined && !Object.hasOwn(operations, operation))
    throw DocumentError.at(
      "/operation",
      `must be one of ${Object.keys(operations).join(", ")}, but is ${show(operation)}`,
    );
  if (typeof error === "string" && !Object.hasOwn(errorCodes, error))
    throw DocumentError.at(
      "/error",
      `must be a code or a name of the error catalogue, such as ${Object.keys(errorCodes)[0]}, but is ${show(error)}`,
    );
  if (error === 0) throw DocumentError.at("/error", "must not be 0, which is success");
  if (errorInfo !== undefined && error === undefined)
    throw DocumentError.at("/errorInfo", "is allowed only with error");
  if (contentType !== undefined && body === undefined)
    throw DocumentError.at("/contentType", "is allowed only with body");
  checkEffects(fault);
  if (when === "before" && !hasResponse(fault) && fault.reset === undefined)
    throw DocumentError.at(
      "/when",
      "must be after: without error, status, body or reset there is no response before the operation",
    );
}

const effects = ["error", "status", "body", "reset", "truncate", "drip", "delayMs"] as const;
/** The second of each pair is not allowed with the first. */
const exclusive = [
  ["error", "status"],
  ["error", "body"],
  ["reset", "truncate"],
  ["reset", "drip"],
  ["truncate", "drip"],
  ["reset", "error"],
  ["reset", "status"],
  ["reset", "body"],
] as const;

function checkEffects(fault: Fault): void {
  if (effects.every((effect) => fault[effect] === undefined))
    throw DocumentError.at("", `must have at least one of ${effects.join(", ")}`);
  for (const [one, other] of exclusive) {
    if (fault[one] !== undefined && fault[other] !== undefined)
      throw DocumentError.at(`/${other}`, `is not allowed with ${one}`);
  }
}

/** Whether a fault has a response of its own. */
export function hasResponse({ error, status, body }: Fault): boolean {
  return error !== undefined || status !== undefined || body !== undefined;
}
