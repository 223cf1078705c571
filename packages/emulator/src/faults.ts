/** Faults: errors that are injected on purpose. */
import type { ErrorName, OperationId, RequestBody } from "@contact-groups/openapi/model";
import { checkFault } from "./check-fault.ts";
import {
  type ConversationEntry,
  type FailingItem,
  itemsOf,
  matchItems,
  type RequestedItem,
} from "./conversation-faults.ts";
import { createCounter, type FaultCounter } from "./fault-counter.ts";
import type { components } from "./generated/control-types.ts";
import type { CoreRequest } from "./request.ts";

/**
 * A fault: which calls it matches, and what it does to them.
 *
 * `operation`, `sdkAppId`, `user`, `nth`, `times` and `probability` select calls; without any of them every call is selected. `error`,
 * `status` or `body` replace the response; `conversations` fails single conversations of a call that succeeds; `reset`, `truncate` or `drip`
 * change how the response is sent; `delayMs` can be added to each of them. `when` says whether the operation is run first: with `after`,
 * the response is lost although the group was created.
 */
export interface Fault extends Omit<components["schemas"]["FaultFields"], "operation" | "error"> {
  /** Matches only calls to this operation. */
  readonly operation?: OperationId;
  /** An error of the service, by its name in the catalogue or by its code; any number except 0 is accepted. */
  readonly error?: ErrorName | number;
  /**
   * Fails single conversations of calls that succeed. The fault matches only calls with a conversation that one of these matches, to
   * operations whose responses have a `ResultCode` for each conversation. Of several that are due at a conversation, the first one decides.
   */
  readonly conversations?: readonly ConversationFault[];
}

/**
 * A fault of single conversations: which conversations of a call fail, and with which `ResultCode`.
 *
 * `id`, `index`, `nth`, `times` and `probability` select conversations; without any of them all conversations of the call fail. `when` says
 * whether the conversation is added, removed or marked nevertheless.
 *
 * @example
 * ```ts
 * // Of three conversations, one fails, and the second of the others is added although its result says that it failed.
 * emulator.faults.add({
 *   operation: "createContactGroup",
 *   conversations: [
 *     { id: "user_0002", error: "UserNotImported" },
 *     { index: 2, error: "NetworkTimeout", when: "after" },
 *   ],
 * });
 * ```
 */
export interface ConversationFault extends Omit<components["schemas"]["ConversationFaultFields"], "error"> {
  /** `ResultCode`: an error of the service, by its name in the catalogue or by its code; any number except 0 is accepted. */
  readonly error: ErrorName | number;
}

/** A fault of single conversations with what it has counted. */
export interface ConversationFaultRecord extends ConversationFault {
  /** Number of conversations that it matched. */
  readonly matched: number;
  /** Number of conversations that failed because of it. */
  readonly triggered: number;
}

/** A fault with what it has counted since it was added or the emulator was reset. */
export interface FaultRecord extends Fault {
  /** From 1 on, among the faults of the emulator, or of the app. */
  readonly id: number;
  /** Number of calls that it matched. */
  readonly matched: number;
  /** Number of calls at which it was triggered. */
  readonly triggered: number;
  /** The faults of single conversations, with what they have counted. */
  readonly conversations?: readonly ConversationFaultRecord[];
}

/** A fault that was added. */
export interface FaultHandle {
  /** ID of the fault, for `remove`. */
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
  /** Returns the fault that is due at this call; every fault that matches the call counts it. */
  trigger(request: CoreRequest): TriggeredFault | undefined;
  /** Keeps the faults, and resets their counters and random sequences. */
  reset(): void;
}

/** A fault that is due at a call. */
export interface TriggeredFault {
  readonly id: number;
  /** The app that it is of; undefined for a fault of the emulator. */
  readonly app: number | undefined;
  readonly fault: Fault;
  /** The conversations that fail if the call succeeds. */
  readonly failing: readonly FailingItem[];
  /** Counts that it was triggered. */
  count(): void;
}

interface FaultEntry {
  readonly id: number;
  readonly fault: Fault;
  readonly counter: FaultCounter;
  readonly conversations: readonly ConversationEntry[] | undefined;
}

/**
 * Creates a registry without faults.
 *
 * @param app The app that the faults are of; undefined for those of the emulator.
 */
export function createFaults(app?: number): FaultRegistry {
  let entries: readonly FaultEntry[] = [];
  let lastId = 0;
  const remove = (id: number): boolean => {
    const before = entries.length;
    entries = entries.filter((entry) => entry.id !== id);
    return entries.length < before;
  };

  return {
    add(fault) {
      checkFault(fault, app);
      const id = ++lastId;
      entries = [...entries, toEntry(id, structuredClone(fault))];
      return { id, remove: () => remove(id) };
    },
    list: () => entries.map(toRecord),
    remove,
    clear() {
      entries = [];
    },
    trigger(request) {
      if (entries.length === 0) return undefined;
      const isRead = entries.some(({ fault: { user, conversations } }) => user !== undefined || conversations);
      const body = isRead ? bodyOf(request) : undefined;
      const items = itemsOf(request.operation, body);
      let first: TriggeredFault | undefined;
      for (const entry of entries.filter(({ fault }) => matches(fault, request, userOf(body)))) {
        const due = dueAt(entry, items, app);
        if (due) first ??= due;
      }
      return first;
    },
    reset() {
      for (const { counter, conversations = [] } of entries)
        for (const one of [counter, ...conversations.map((entry) => entry.counter)]) one.reset();
    },
  };
}

function toEntry(id: number, fault: Fault): FaultEntry {
  const conversations = fault.conversations?.map((one) => ({ fault: one, counter: createCounter(one) }));
  return { id, fault, counter: createCounter(fault), conversations };
}

function toRecord({ id, fault, counter: { matched, triggered }, conversations: entries }: FaultEntry): FaultRecord {
  const { conversations: _, ...own } = structuredClone(fault);
  const conversations = entries?.map(({ fault: one, counter }) => ({
    ...one,
    matched: counter.matched,
    triggered: counter.triggered,
  }));
  return { ...own, ...(conversations && { conversations }), id, matched, triggered };
}

/** Counts a call that a fault matches, unless the fault is about conversations and matches none of the call. Returns the fault if it is due. */
function dueAt(
  { id, fault, counter, conversations }: FaultEntry,
  items: readonly RequestedItem[],
  app: number | undefined,
): TriggeredFault | undefined {
  const { isMatch, failing } = conversations ? matchItems(conversations, items) : { isMatch: true, failing: [] };
  if (!isMatch || !counter.match() || (conversations && failing.length === 0)) return undefined;
  const counters = [counter, ...failing.map((item) => item.counter)];
  return { id, app, fault, failing, count: () => counters.forEach((one) => one.trigger()) };
}

function matches({ operation, sdkAppId, user }: Fault, request: CoreRequest, userOfCall: unknown): boolean {
  if (operation !== undefined && operation !== request.operation) return false;
  if (sdkAppId !== undefined && sdkAppId !== request.app?.sdkAppId) return false;
  return user === undefined || user === userOfCall;
}

/** Returns a body that was not checked yet. */
function bodyOf({ body }: CoreRequest): unknown {
  if (typeof body !== "string") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function userOf(body: unknown): unknown {
  return (body as Partial<RequestBody<OperationId>> | null | undefined)?.From_Account;
}

/** Whether a fault has a response of its own. */
export function hasResponse({ error, status, body }: Fault): boolean {
  return error !== undefined || status !== undefined || body !== undefined;
}
