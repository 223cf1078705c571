/** The operations of the control API. `control.openapi.yaml` gives the types of their parameters, bodies and responses. */
import { descriptionVersion } from "@contact-groups/openapi/model";
import manifest from "../../package.json" with { type: "json" };
import type { EmulatorClock } from "../clock.ts";
import { DocumentError } from "../document.ts";
import type { Fault, FaultRecord, Faults } from "../faults.ts";
import { controlBase, type ControlOperationId } from "../generated/control.ts";
import type { components, operations } from "../generated/control-types.ts";
import type { CallJournal } from "../journal.ts";
import { presets } from "../presets.ts";
import type { SeedDocument } from "../seed.ts";
import { toKey, UserState } from "../state/user-state.ts";
import type { StateStore } from "../store/store.ts";
import { ControlError } from "./routes.ts";

/** What the control API works with. */
export interface ControlParts {
  /** Number of apps. */
  readonly apps: number;
  /** The app of a request that names none. */
  readonly sdkAppId: number;
  readonly store: StateStore;
  readonly clock: EmulatorClock;
  readonly journal: CallJournal;
  readonly faults: Faults;
  seed(document: SeedDocument): void;
  restore(document: SeedDocument): void;
  snapshot(): SeedDocument;
  reset(): void;
}

/** A request with values that were checked. */
export interface HandlerRequest<Id extends ControlOperationId> {
  readonly parameters: ParametersOf<Id>;
  readonly body: BodyOf<Id>;
}

/** Runs each operation. What it returns is the body of the response. */
type Handlers = {
  readonly [Id in ControlOperationId]: (request: HandlerRequest<Id>, parts: ControlParts) => ResultOf<Id>;
};

interface JsonContent<Value> {
  readonly content: { readonly "application/json": Value };
}

/** The values, or `unknown` when the operation has none. */
type Given<Value> = [Exclude<Value, undefined>] extends [never] ? unknown : Exclude<Value, undefined>;
type ParametersOf<Id extends ControlOperationId> = Given<operations[Id]["parameters"]["path"]> &
  Given<operations[Id]["parameters"]["query"]>;
type BodyOf<Id extends ControlOperationId> =
  operations[Id]["requestBody"] extends JsonContent<infer Value> ? Value : undefined;
type Responses<Id extends ControlOperationId> = operations[Id]["responses"];
type ResultOf<Id extends ControlOperationId> =
  Responses<Id> extends { readonly 200: JsonContent<infer Value> }
    ? Value
    : Responses<Id> extends { readonly 201: JsonContent<infer Value> }
      ? Value
      : void;

export const handlers: Handlers = {
  getHealth: (_, { apps, store, journal, faults }) => ({
    name: manifest.name,
    version: manifest.version,
    description: descriptionVersion,
    ready: true,
    counts: { apps, ...store.counts(), calls: journal.total, faults: faults.list().length },
  }),

  exportState: (_, { snapshot }) => snapshot(),
  importState: ({ body }, { restore }) => restore(body),
  seed: ({ body }, { seed }) => seed(body),
  reset: (_, { reset }) => reset(),
  loadPreset: ({ parameters: { name } }, { restore }) => restore(presets[name]()),

  importAccounts: ({ body }, { seed }) => seed({ apps: [body] }),
  removeAccount({ parameters }, { store, sdkAppId: first }) {
    const { userId, sdkAppId = first } = parameters;
    if (!store.hasAccount(sdkAppId, userId))
      throw new ControlError(404, `The app ${sdkAppId} has no account ${JSON.stringify(userId)}.`);
    store.transaction((writer) => writer.removeAccount(sdkAppId, userId));
  },
  saveChatGroups: ({ body }, { seed }) => seed({ apps: [body] }),
  removeChatGroup({ parameters }, { store, sdkAppId: first }) {
    const { groupId, sdkAppId = first } = parameters;
    if (store.membershipStatus(sdkAppId, groupId, "") === "missing")
      throw new ControlError(404, `The app ${sdkAppId} has no chat group ${JSON.stringify(groupId)}.`);
    store.transaction((writer) => writer.removeChatGroup(sdkAppId, groupId));
  },
  changeMarks({ body }, { store, clock, sdkAppId: first }) {
    const { sdkAppId = first, userId, standardMark, customMark } = body;
    store.transaction((writer) => {
      const user = new UserState(writer, { sdkAppId, userId });
      user.mark(toKey(body), { standardMark, customMark }, Math.floor(clock.now() / 1000));
      user.save();
    });
  },

  listFaults: (_, { faults }) => ({ faults: faults.list() }),
  // `add` checks the names that the description leaves open.
  addFault: ({ body }, { faults }) => findFault(faults, faults.add(body as Fault).id),
  getFault: ({ parameters: { id } }, { faults }) => findFault(faults, id),
  removeFault({ parameters: { id } }, { faults }) {
    if (!faults.remove(id)) throw noFault(id);
  },
  clearFaults: (_, { faults }) => faults.clear(),

  getClock: (_, { clock }) => show(clock),
  setClock({ body: { now, frozen = false } }, { clock }) {
    if (frozen) clock.freeze(now);
    else {
      clock.run();
      clock.set(now);
    }
    return show(clock);
  },
  changeClock({ body: { advanceMs = 0, frozen } }, { clock }) {
    try {
      clock.advance(advanceMs);
    } catch {
      throw DocumentError.at("/advanceMs", "must lead to a time from 1970 to the end of the year 9999");
    }
    if (frozen === true) clock.freeze();
    if (frozen === false) clock.run();
    return show(clock);
  },

  listCalls: ({ parameters: { since = 0 } }, { journal }) => ({
    // JSON omits members that are undefined.
    calls: journal.list().filter(({ number }) => number > since) as ResultOf<"listCalls">["calls"],
    last: journal.total,
  }),
  clearJournal: (_, { journal }) => journal.clear(),
};

function findFault(faults: Faults, id: number): FaultRecord {
  const fault = faults.list().find((record) => record.id === id);
  if (!fault) throw noFault(id);
  return fault;
}

function noFault(id: number): ControlError {
  return new ControlError(404, `There is no fault ${id}. GET ${controlBase}/faults lists all faults.`);
}

function show(clock: EmulatorClock): components["schemas"]["Clock"] {
  return { now: clock.now(), frozen: clock.isFrozen };
}
