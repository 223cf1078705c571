/** The operations of the control API. `control.openapi.yaml` gives the types of their parameters, bodies and responses. */
import { descriptionVersion } from "@contact-groups/openapi/model";
import manifest from "../../package.json" with { type: "json" };
import { type AppRegistry, freeSdkAppId } from "../apps.ts";
import type { EmulatorClock } from "../clock.ts";
import { DocumentError } from "../document.ts";
import type { Emulated } from "../emulator.ts";
import type { Fault, FaultRecord, Faults } from "../faults.ts";
import { controlBase, type ControlOperationId } from "../generated/control.ts";
import type { components, operations } from "../generated/control-types.ts";
import type { CallJournal } from "../journal.ts";
import type { LiveApp } from "../live-app.ts";
import { presets } from "../presets.ts";
import type { EmulatorApp } from "../request.ts";
import { snapshotUser } from "../seed.ts";
import { choices, defaultSettings, type Settings } from "../settings.ts";
import { splitApp, splitDocument } from "../state/seed-parts.ts";
import { linesType, type StateInput, toDocumentText } from "../state/state-text.ts";
import { partsOfLines, type WholeState } from "../state/whole-state.ts";
import { toKey, UserState } from "../state/user-state.ts";
import type { StateStore } from "../store/store.ts";
import { userSigMode } from "../user-sig.ts";
import { listAccounts, listChatGroups, listUsers } from "./listings.ts";
import { ControlError, PiecesBody } from "./routes.ts";

/** What a request is about: an app, or the emulator as a whole. */
export interface Scope extends Emulated {
  readonly journal: CallJournal;
  /** The state as a whole. */
  readonly state: WholeState;
  /** As `reset`, in slices. */
  resetLater(): Promise<void>;
}

/** What the control API works with. */
export interface ControlParts {
  readonly apps: AppRegistry;
  /** The emulator as a whole. */
  readonly whole: Scope;
  readonly store: StateStore;
  /** Whether only `/health` is served. */
  readonly isPublic: boolean;
}

/** A request with values that were checked. */
export interface HandlerRequest<Id extends ControlOperationId> {
  readonly parameters: ParametersOf<Id>;
  readonly body: BodyOf<Id>;
  /** The app of the parameter `sdkAppId`; the whole emulator without one. */
  readonly scope: Scope;
  /** The app of the parameter `sdkAppId`; the first app without one. */
  readonly app: LiveApp;
  /** Whether the client wants lines of JSON. */
  readonly wantsLines: boolean;
}

/** Runs each operation. What it returns is the body of the response. */
type Handlers = {
  readonly [Id in ControlOperationId]: (
    request: HandlerRequest<Id>,
    parts: ControlParts,
  ) => ResultOf<Id> | Promise<ResultOf<Id>>;
};

/** An operation whose body has a state of any size. */
type StateOperation = "importState" | "seed";

/** The operations whose body has a state of any size. */
export const stateOperations: ReadonlySet<ControlOperationId> = new Set<StateOperation>(["importState", "seed"]);

interface JsonContent<Value> {
  readonly content: { readonly "application/json": Value };
}

/** The values, or `unknown` when the operation has none. */
type Given<Value> = [Exclude<Value, undefined>] extends [never] ? unknown : Exclude<Value, undefined>;
export type ParametersOf<Id extends ControlOperationId> = Given<operations[Id]["parameters"]["path"]> &
  Given<operations[Id]["parameters"]["query"]>;
export type BodyOf<Id extends ControlOperationId> = Id extends StateOperation ? StateInput : JsonBodyOf<Id>;
type JsonBodyOf<Id extends ControlOperationId> =
  operations[Id]["requestBody"] extends JsonContent<infer Value> ? Value : undefined;
type Responses<Id extends ControlOperationId> = operations[Id]["responses"];
export type ResultOf<Id extends ControlOperationId> = Id extends "exportState" | "backUp"
  ? PiecesBody
  : JsonResultOf<Id>;
type JsonResultOf<Id extends ControlOperationId> =
  Responses<Id> extends { readonly 200: JsonContent<infer Value> }
    ? Value
    : Responses<Id> extends { readonly 201: JsonContent<infer Value> }
      ? Value
      : void;

export const handlers: Handlers = {
  getHealth: () => ({
    name: manifest.name,
    version: manifest.version,
    description: descriptionVersion,
    ready: true,
  }),

  listApps: (_, { apps, store }) => ({ apps: apps.list().map((app) => showApp(app, store)) }),
  addApp({ body }, { apps, store }) {
    const sdkAppId = body.sdkAppId ?? freeSdkAppId(apps);
    if (apps.find(sdkAppId)) throw new ControlError(409, `The emulator already has the app ${sdkAppId}.`);
    return showApp(apps.add({ ...(body as EmulatorApp), sdkAppId }), store);
  },
  getApp: ({ parameters: { sdkAppId } }, { apps, store }) => showApp(findApp(apps, sdkAppId), store),
  removeApp({ parameters: { sdkAppId } }, { apps }) {
    findApp(apps, sdkAppId);
    if (apps.list().length === 1) throw new ControlError(409, `The app ${sdkAppId} is the only one of the emulator.`);
    apps.remove(sdkAppId);
  },

  getSettings: ({ scope }) => showSettings(scope),
  changeSettings({ scope, body }) {
    scope.changeSettings(body as Partial<Settings>);
    return showSettings(scope);
  },

  exportState({ scope: { state }, wantsLines }) {
    const lines = state.lines();
    return wantsLines ? new PiecesBody(linesType, lines) : new PiecesBody("application/json", toDocumentText(lines));
  },
  importState: ({ scope: { state }, body }) =>
    state.replace("lines" in body ? partsOfLines(body.lines) : splitDocument(body.document)),
  seed: ({ scope: { state }, body }) =>
    "lines" in body ? state.addLines(body.lines) : state.add(() => splitDocument(body.document)),
  reset: ({ scope }) => scope.resetLater(),
  loadPreset({ app, parameters: { name } }) {
    const { seed, settings = {} } = presets[name]();
    return app.state.replace(splitDocument(seed), () => app.changeSettings(settings));
  },
  backUp(_, { store }) {
    if (!store.backup)
      throw new ControlError(409, `The state is in memory, so there is no file. GET ${controlBase}/state exports it.`);
    return new PiecesBody("application/vnd.sqlite3", store.backup());
  },

  importAccounts: ({ app: { state }, body }) => state.add(() => splitApp(body, "")),
  removeAccount({ app: { sdkAppId }, parameters: { userId } }, { store }) {
    if (!store.hasAccount(sdkAppId, userId))
      throw new ControlError(404, `The app ${sdkAppId} has no account ${JSON.stringify(userId)}.`);
    store.transaction((writer) => writer.removeAccount(sdkAppId, userId));
  },
  listAccounts: ({ app: { sdkAppId }, parameters }, { store }) => listAccounts(store, sdkAppId, parameters),
  listUsers: ({ app: { sdkAppId }, parameters }, { store }) => listUsers(store, sdkAppId, parameters),
  getUser({ app: { sdkAppId }, parameters: { userId } }, { store }) {
    if (!store.hasAccount(sdkAppId, userId) && !store.user({ sdkAppId, userId }))
      throw new ControlError(404, `The app ${sdkAppId} has no user ${JSON.stringify(userId)}.`);
    return snapshotUser(sdkAppId, userId, store);
  },
  listChatGroups: ({ app: { sdkAppId }, parameters }, { store }) => listChatGroups(store, sdkAppId, parameters),
  saveChatGroups: ({ app: { state }, body }) => state.add(() => splitApp(body, "")),
  removeChatGroup({ app: { sdkAppId }, parameters: { groupId } }, { store }) {
    if (store.membershipStatus(sdkAppId, groupId, "") === "missing")
      throw new ControlError(404, `The app ${sdkAppId} has no chat group ${JSON.stringify(groupId)}.`);
    store.transaction((writer) => writer.removeChatGroup(sdkAppId, groupId));
  },
  changeMarks({ app: { sdkAppId, clock }, body }, { store }) {
    const { userId, standardMark, customMark } = body;
    store.transaction((writer) => {
      const user = new UserState(writer, { sdkAppId, userId });
      user.mark(toKey(body), { standardMark, customMark }, Math.floor(clock.now() / 1000));
      user.save();
    });
  },

  listFaults: ({ scope: { faults } }) => ({ faults: faults.list() }),
  // `add` checks the names that the description leaves open.
  addFault: ({ scope: { faults }, body }) => findFault(faults, faults.add(body as Fault).id),
  getFault: ({ scope: { faults }, parameters: { id } }) => findFault(faults, id),
  removeFault({ scope: { faults }, parameters: { id } }) {
    if (!faults.remove(id)) throw noFault(id);
  },
  clearFaults: ({ scope }) => scope.faults.clear(),

  getClock: ({ scope: { clock } }) => show(clock),
  setClock({ scope: { clock }, body: { now, frozen = false } }) {
    if (frozen) clock.freeze(now);
    else {
      clock.run();
      clock.set(now);
    }
    return show(clock);
  },
  changeClock({ scope: { clock }, body: { advanceMs = 0, frozen } }) {
    try {
      clock.advance(advanceMs);
    } catch {
      throw DocumentError.at("/advanceMs", "must lead to a time from 1970 to the end of the year 9999");
    }
    if (frozen === true) clock.freeze();
    if (frozen === false) clock.run();
    return show(clock);
  },

  listCalls: ({ scope: { journal }, parameters: { since = 0 } }) => ({
    // JSON omits members that are undefined.
    calls: journal.list().filter(({ number }) => number > since) as ResultOf<"listCalls">["calls"],
    last: journal.total,
  }),
  clearJournal: ({ scope }) => scope.journal.clear(),
};

/** Returns an app, or ends the request. */
export function findApp(apps: AppRegistry, sdkAppId: number): LiveApp {
  const app = apps.find(sdkAppId);
  if (app) return app;
  throw new ControlError(404, `The emulator has no app ${sdkAppId}. GET ${controlBase}/apps lists all apps.`);
}

function showApp(
  { sdkAppId, secretKey, admins, settings, journal, faults }: LiveApp,
  store: StateStore,
): ResultOf<"getApp"> {
  const counts = { ...store.counts(sdkAppId), calls: journal.total, faults: faults.list().length };
  return { sdkAppId, admins, userSig: userSigMode(secretKey, settings.userSig), counts };
}

function showSettings({ settings }: Scope): ResultOf<"getSettings"> {
  return { settings, defaults: defaultSettings, choices } as unknown as ResultOf<"getSettings">;
}

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
