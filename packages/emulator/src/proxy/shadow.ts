/** The emulator inside the proxy. It keeps no state of its own: each run begins with the state of a user that it is given. */
import { createEmulator, partsOf } from "../create-emulator.ts";
import { defaultAdmins, type RawRequest } from "../request.ts";
import type { CoreResponse } from "../response.ts";
import { seedStore, type SeedUser } from "../seed.ts";
import type { Settings } from "../settings.ts";
import { unknownUser } from "../state/user-state.ts";
import { createMemoryState } from "../store/memory.ts";
import {
  type ConversationRow,
  type GroupRow,
  type StateStore,
  toStore,
  type UserKey,
  type UserRow,
} from "../store/store.ts";

/** The state of one user: rows that nobody changes in place. */
export interface UserImage {
  readonly row: UserRow | undefined;
  readonly groups: readonly GroupRow[];
  readonly conversations: readonly ConversationRow[];
}

/** A user without groups and marks. */
export const emptyImage: UserImage = { row: undefined, groups: [], conversations: [] };

/** What a run assumes about the accounts and chat groups that the call names; all others are there. */
export interface Assumption {
  readonly missingAccounts: ReadonlySet<string>;
  readonly unusableChatGroups: ReadonlySet<string>;
}

/** A call as the shadow gets it, without its credentials. */
export interface ShadowCall {
  readonly raw: RawRequest;
  /** `From_Account`; undefined when the body has none. */
  readonly user: string | undefined;
  /** All UserIDs of the body. */
  readonly accounts: readonly string[];
  /** All GroupIDs of the body. */
  readonly chatGroups: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** ID that the service gave to a new conversation group. */
  readonly newGroupId: number | undefined;
}

/** What a run gives. */
export interface Outcome {
  readonly response: CoreResponse;
  /** The user's state after the call. */
  readonly image: UserImage;
}

/** Runs calls with any settings, from any state. */
export interface Shadow {
  run(call: ShadowCall, settings: Settings, image: UserImage, assumption: Assumption): Outcome;
  /** Returns the state of a user that a seed describes. Throws a `DocumentError` for an invalid one. */
  imageOf(user: SeedUser, at: number): UserImage;
}

/** The one app of a shadow, under whose ID it sees every app. */
export const shadowApp = 1400000000;

/** The administrator of a shadow. */
export const shadowIdentifier: string = defaultAdmins[0] ?? "";

class Undo extends Error {}

/** Creates a shadow. */
export function createShadow(): Shadow {
  const store = createMemoryState();
  // It is set for each run.
  let running: Pick<ShadowCall, "at" | "newGroupId"> = { at: 0, newGroupId: undefined };
  const cores = new Map<string, ReturnType<typeof partsOf>["core"]>();
  const coreOf = (settings: Settings): ReturnType<typeof partsOf>["core"] => {
    const key = JSON.stringify(settings);
    const known = cores.get(key);
    if (known) return known;
    // Numbers lead to any number of settings.
    if (cores.size > 500) cores.clear();
    const emulator = createEmulator({
      apps: [{ sdkAppId: shadowApp }],
      // What exists is assumed for each run.
      settings: { ...settings, userSig: "off", rateLimit: "off", accounts: "strict", chatGroups: "lenient" },
      store: toStore(store),
      keepState: true,
      callsKept: 0,
      public: true,
      maxBodyBytes: Number.MAX_SAFE_INTEGER,
      now: () => running.at,
      nextGroupId: (last) =>
        running.newGroupId !== undefined && running.newGroupId > last ? running.newGroupId : last + 1,
    });
    const { core } = partsOf(emulator);
    cores.set(key, core);
    return core;
  };

  return {
    run(call, settings, image, assumption) {
      running = call;
      const core = coreOf(settings);
      const request = core.prepare(call.raw);
      if (request instanceof Promise) throw new Error("A shadow verifies no UserSig.");
      const key = { sdkAppId: shadowApp, userId: call.user ?? "" };
      load(store, key, image);
      return undone(store, () => {
        assume(store, call, assumption);
        const response = core.respond(request);
        return { response, image: read(store, key) };
      });
    },
    imageOf: (user, at) =>
      undone(store, () => {
        const key = { sdkAppId: shadowApp, userId: user.userId };
        load(store, key, emptyImage);
        seedStore({ apps: [{ users: [user] }] }, store, { sdkAppId: shadowApp, now: at });
        return read(store, key);
      }),
  };
}

/** Runs in a transaction that is always undone. */
function undone<Result>(store: StateStore, run: () => Result): Result {
  let result: { readonly value: Result } | undefined;
  try {
    store.transaction(() => {
      result = { value: run() };
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo) || !result) throw error;
  }
  return result!.value;
}

function assume(store: StateStore, call: ShadowCall, { missingAccounts, unusableChatGroups }: Assumption): void {
  store.transaction((writer) => {
    for (const userId of call.accounts)
      if (missingAccounts.has(userId)) writer.removeAccount(shadowApp, userId);
      else writer.saveAccount(shadowApp, userId);
    for (const id of call.chatGroups)
      if (unusableChatGroups.has(id)) writer.saveChatGroup(shadowApp, { id, disbanded: true });
      else writer.removeChatGroup(shadowApp, id);
  });
}

/** Replaces the state of a user. Rows that are already there are left alone. */
function load(store: StateStore, key: UserKey, image: UserImage): void {
  store.transaction((writer) => {
    const kept = new Set(image.conversations);
    // A list of its own: the store can return the one that it changes.
    const present = Array.from(writer.conversations(key));
    for (const row of present) if (!kept.has(row)) writer.removeConversation(key, row);
    for (const row of image.conversations) if (writer.conversation(key, row) !== row) writer.saveConversation(key, row);
    const groups = new Set(image.groups);
    for (const group of writer.groups(key)) if (!groups.has(group)) writer.removeGroup(key, group.id);
    const left = new Set(writer.groups(key));
    for (const group of image.groups) if (!left.has(group)) writer.saveGroup(key, group);
    const row = image.row ?? unknownUser;
    if (writer.user(key) !== row) writer.saveUser(key, row);
  });
}

function read(store: StateStore, key: UserKey): UserImage {
  return { row: store.user(key), groups: [...store.groups(key)], conversations: [...store.conversations(key)] };
}

/** Whether two states look the same to every later call. */
export function isSame(one: UserImage, other: UserImage): boolean {
  return (
    areSame(one.groups, other.groups, (group) => `${group.id} ${group.name}`) &&
    areSame(one.conversations, other.conversations, ({ json, position }) => `${position} ${json}`)
  );
}

function areSame<Row>(one: readonly Row[], other: readonly Row[], textOf: (row: Row) => string): boolean {
  return (
    one.length === other.length &&
    one.every((row, index) => row === other[index] || textOf(row) === textOf(other[index]!))
  );
}
