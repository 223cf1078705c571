import type { OperationId, RequestBody } from "@contact-groups/openapi/model";
import type { CoreCall } from "../core/core-call.ts";
import { checkFault } from "./check-fault.ts";
import type { Fault, Faults } from "./fault.ts";
import { createTurns, type Turns } from "./turns.ts";

/** The faults, with what the core needs of them. */
export interface FaultBox extends Faults {
  /** The fault that speaks at this call; every fault that matches it counts it. */
  choose(call: CoreCall): ChosenFault | undefined;
  /** Keeps the faults, and lets each begin again. */
  reset(): void;
}

/** A fault whose turn it is. */
export interface ChosenFault {
  readonly id: number;
  readonly fault: Fault;
}

interface Entry extends ChosenFault {
  readonly turns: Turns;
}

/** Makes a box without faults. */
export function createFaults(): FaultBox {
  let entries: readonly Entry[] = [];
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
      entries = [...entries, { id, fault: own, turns: createTurns(own) }];
      return { id, remove: () => remove(id) };
    },
    list: () =>
      entries.map(({ id, fault, turns: { matched, spoken } }) => ({ ...structuredClone(fault), id, matched, spoken })),
    remove,
    clear() {
      entries = [];
    },
    choose(call) {
      if (entries.length === 0) return undefined;
      let chosen: Entry | undefined;
      const user = entries.some(({ fault }) => fault.user !== undefined) ? userOf(call) : undefined;
      for (const entry of entries) {
        if (matches(entry.fault, call, user) && entry.turns.match()) chosen ??= entry;
      }
      chosen?.turns.speak();
      return chosen;
    },
    reset() {
      for (const { turns } of entries) turns.reset();
    },
  };
}

function matches({ operation, sdkAppId, user }: Fault, call: CoreCall, calledFor: unknown): boolean {
  if (operation !== undefined && operation !== call.operation) return false;
  if (sdkAppId !== undefined && sdkAppId !== call.app?.sdkAppId) return false;
  return user === undefined || user === calledFor;
}

/** `From_Account` of a body that nobody has checked yet. */
function userOf({ body }: CoreCall): unknown {
  if (typeof body !== "string") return undefined;
  try {
    const value = JSON.parse(body) as Partial<RequestBody<OperationId>> | null;
    return value?.From_Account;
  } catch {
    return undefined;
  }
}
