/** Sequences of calls, with what happens to them on the way and when the process is killed. */
import { limits } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import type { Fault, SeedDocument } from "../../src/index.ts";
import type { UserKey } from "../../src/store/store.ts";
import { type CallCommand, type Item, type Modelled, modelled } from "../model/commands.ts";
import { sdkAppIds } from "../model/names.ts";
import { toSeed } from "../model/seeds.ts";

export const timeoutMs = 100;
export const maxAttempts = 3;

/**
 * Users who do not see each other, so their calls can overlap. In the first app, one is just below each limit; the others have nothing,
 * also those of the same names in the second app.
 */
export const users: readonly UserKey[] = [
  ...["ann", "bob", "zoe"].map((userId) => ({ sdkAppId: sdkAppIds[0], userId })),
  ...["ann", "bob"].map((userId) => ({ sdkAppId: sdkAppIds[1], userId })),
];

/** The first is cheap, and has one group less than the most. */
export const seeds: readonly SeedDocument[] = [
  [3, 3] as const,
  [limits.groupedConversations.maximum - 2, 3] as const,
  [3, limits.markedConversations.maximum - 1] as const,
].map(([grouped, marked]) => toSeed({ groups: limits.groupsPerUser.maximum - 1, grouped, marked, both: false }));

/** What can happen to the attempts of a call. `isRun` says whether such an attempt can have run. */
const faults: readonly { readonly fault: Fault; readonly isRun: boolean }[] = [
  { fault: { reset: true }, isRun: true },
  { fault: { reset: true, when: "after" }, isRun: true },
  { fault: { status: 502 }, isRun: true },
  { fault: { status: 503, when: "after" }, isRun: true },
  { fault: { truncate: 20, when: "after" }, isRun: true },
  { fault: { delayMs: 20, when: "after" }, isRun: true },
  { fault: { delayMs: 2 * timeoutMs, when: "after" }, isRun: true },
  { fault: { error: "CallRateExceeded" }, isRun: false },
];

/** A call, and what happens to it on the way. */
export interface Call {
  readonly call: CallCommand;
  readonly fault?: (typeof faults)[number] | undefined;
  readonly times: number;
  /** Whether the client may run a call again that is not idempotent. */
  readonly retryUnsafe: boolean;
}

/** A call of each user, all at once, and the milliseconds until the process is killed. */
export interface Step {
  readonly calls: readonly Call[];
  readonly killAfterMs?: number | undefined;
}

const peers = ["peer0", "peer1", "marked0", "new1", "new2", "new3"];
const bits = fc.option(fc.subarray([0, 1, 31, 63], { maxLength: 2 }), { nil: undefined });
const item: fc.Arbitrary<Item> = fc.record({
  Type: fc.constant(1 as const),
  To_Account: fc.constantFrom(...peers),
  option: fc.constantFrom(1, 1, 2),
  kind: fc.constantFrom(1, 2, 3),
  set: bits,
  clear: bits,
  custom: fc.constantFrom("", "x", "\u4e2d"),
});
const name = fc.constantFrom("full", "a", "a", "a", "b");

/** The client returns a conversation that it searches for twice two times, so it searches for each once. */
const once = (call: CallCommand): CallCommand =>
  call.operation === "searchContactGroup"
    ? { ...call, items: [...new Map(call.items?.map((it) => [it.To_Account, it])).values()] }
    : call;

const callOf = (user: UserKey): fc.Arbitrary<Call> =>
  fc.record({
    call: fc
      .record({
        kind: fc.constant("call" as const),
        sdkAppId: fc.constant(user.sdkAppId),
        operation: fc.constantFrom<Modelled[]>(
          ...modelled,
          "createContactGroup",
          "createContactGroup",
          "updateContactGroup",
          "updateContactGroup",
          "delContactGroup",
          "markContact",
        ),
        userId: fc.constant(user.userId),
        name,
        newName: fc.option(name, { nil: undefined, freq: 2 }),
        items: fc.array(item, { minLength: 1, maxLength: 4 }),
        start: fc.constant(0),
      })
      .map(once),
    fault: fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 2 }),
    times: fc.constantFrom(1, 2, maxAttempts),
    retryUnsafe: fc.boolean(),
  });

/** Sequences of steps. */
export const sequences: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    calls: fc.tuple(...users.map(callOf)),
    killAfterMs: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(40) }),
  }),
  { minLength: 8, maxLength: 20, size: "max" },
);
