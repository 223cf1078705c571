/** The writes of a user, of which the state at each moment follows. */
import type { RequestBody } from "@contact-groups/openapi/model";
import { createEmulator } from "../../src/index.ts";
import { snapshotUser } from "../../src/seed.ts";
import { createMemoryState } from "../../src/store/memory.ts";
import { type StateStore, type StoreReader, toStore, type UserKey } from "../../src/store/store.ts";
import { call } from "../call.ts";
import { options } from "./options.ts";

/** An operation that writes, with its body. */
export type Write = {
  readonly [Operation in "createContactGroup" | "updateContactGroup" | "delContactGroup" | "markContact"]: readonly [
    operation: Operation,
    body: RequestBody<Operation>,
  ];
}["createContactGroup" | "updateContactGroup" | "delContactGroup" | "markContact"];

/** What a user has written, one after the other. */
export interface History extends UserKey {
  readonly number: number;
  readonly writes: readonly Write[];
  /** Number of writes that were sent. */
  tried: number;
  /** Number of writes whose responses have arrived: the first of those that were sent. */
  acknowledged: number;
  /** What a file had of it after the last write. */
  settled?: Seen;
}

/** Returns the history of a user who has not written yet. All users of a number write the same, under a name that says whose it is. */
export function newHistory(sdkAppId: number, number: number): History {
  const From_Account = `user_${number}`;
  const to = (peer: number) => ({ Type: 1 as const, To_Account: `peer_${(number + peer) % 40}` });
  const name = (letter: string): string => `${letter} of ${sdkAppId}`;
  const create = (letter: string, ...peers: number[]): Write => [
    "createContactGroup",
    { From_Account, GroupContactItem: [{ GroupName: name(letter), ContactItem: peers.map(to) }] },
  ];
  const regroup = (letter: string, added: number, removed: number): Write => [
    "updateContactGroup",
    {
      From_Account,
      UpdateType: 1,
      UpdateGroup: {
        UpdateGroupType: 2,
        OldGroupName: name(letter),
        ContactUpdateItem: [
          { ContactOptType: 1, ContactItem: to(added) },
          { ContactOptType: 2, ContactItem: to(removed) },
        ],
      },
    },
  ];
  const rename = (from: string, into: string): Write => [
    "updateContactGroup",
    {
      From_Account,
      UpdateType: 1,
      UpdateGroup: { UpdateGroupType: 1, OldGroupName: name(from), NewGroupName: name(into) },
    },
  ];
  const mark = (...peers: number[]): Write => [
    "markContact",
    {
      From_Account,
      MarkItem: peers.flatMap((peer) => [
        { OptType: 1 as const, ContactItem: to(peer), SetMark: [peer] },
        { OptType: 2 as const, ContactItem: to(peer), CustomMark: `mark ${peer}` },
      ]),
    },
  ];
  const remove = (letter: string): Write => ["delContactGroup", { From_Account, GroupName: [name(letter)] }];
  const writes = [
    create("a", 1, 2),
    create("b", 2, 3),
    mark(1, 4),
    regroup("a", 5, 1),
    rename("b", "c"),
    create("b", 6),
    remove("a"),
    create("a", 1, 7),
    mark(5, 7, 8),
    regroup("c", 9, 2),
    remove("c"),
    create("b", 1, 9),
  ];
  return { sdkAppId, userId: From_Account, number, writes, tried: 0, acknowledged: 0 };
}

/** Returns the state of a user after each number of writes, from 0 on. */
async function statesOf({ sdkAppId, userId, writes }: History): Promise<readonly string[]> {
  const store = createMemoryState();
  const emulator = createEmulator({ ...options, apps: [{ sdkAppId }], store: toStore(store) });
  const states = [stateOf(store, { sdkAppId, userId })];
  for (const [operation, body] of writes) {
    const { ErrorInfo } = await call(emulator, operation, body, { query: { sdkappid: String(sdkAppId) } });
    if (ErrorInfo !== "") throw new Error(`A write of ${userId} fails: ${ErrorInfo}`);
    states.push(stateOf(store, { sdkAppId, userId }));
  }
  return states;
}

/** Returns what a store has of a user, as text. */
function stateOf(store: StoreReader, { sdkAppId, userId }: UserKey): string {
  return store.user({ sdkAppId, userId }) ? JSON.stringify(snapshotUser(sdkAppId, userId, store)) : "nothing";
}

/** What a store has of a user. */
export interface Seen {
  readonly history: History;
  readonly state: string;
  /** Number of writes after which the user has this state; below 0 when there is none. */
  readonly writes: number;
}

/** The least and the most number of writes of a user that a store can have. */
export type Range = (history: History) => readonly [least: number, most: number];

/** Looks for the writes of users in a store. Returns what it has of each user, and where that is not in the range. */
export async function findWrites(
  store: StateStore,
  histories: readonly History[],
  range: Range,
): Promise<{ readonly seen: readonly Seen[]; readonly violations: readonly string[] }> {
  const seen: Seen[] = [];
  const violations: string[] = [];
  for (const history of histories) {
    const state = stateOf(store, history);
    const isKnown = history.settled?.state === state;
    const writes = isKnown ? history.settled!.writes : (await statesOf(history)).indexOf(state);
    seen.push({ history, state, writes });
    const [least, most] = range(history);
    if (writes >= least && writes <= most) continue;
    const found = writes < 0 ? `is half written: ${state}` : `has ${writes} writes, not ${least} to ${most}`;
    violations.push(`${history.userId} of ${history.sdkAppId} ${found}`);
  }
  return { seen, violations };
}
