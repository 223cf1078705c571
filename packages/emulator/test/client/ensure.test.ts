import {
  addToContactGroup,
  c2c,
  type Client,
  ensureContactGroup,
  g2c,
  type Middleware,
  ProtocolError,
} from "@contact-groups/client";
import { errorCodes } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Emulator, Fault } from "../../src/index.ts";
import { emulate, people } from "../call.ts";
import { connect, ways } from "./connect.ts";

const From_Account = "ann";
const GroupName = "family";
const peers = Array.from({ length: 250 }, (_, index) => c2c(`peer${index}`));
const accounts = ["ann", "other", ...peers.map(({ To_Account }) => To_Account)];
const seed = { apps: [people, { accounts }] };
const request = { From_Account, GroupName, ContactItem: peers };

async function membersOf(client: Client): Promise<string[]> {
  const items = await client.iterateContactGroup({ From_Account }).toArray();
  const own = items.filter(({ groups }) => groups.some((group) => group.GroupName === GroupName));
  return own.map((item) => (item.Type === 1 ? item.To_Account : item.ToGroupId)).toSorted();
}
const names = (list: readonly { readonly To_Account: string }[]) => list.map((one) => one.To_Account).toSorted();

describe.each(Object.entries(ways))("a client %s", (_way, reach) => {
  test("creates a group with any number of conversations, and changes nothing when it is repeated", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator);
    const done = await ensureContactGroup(client, request);
    expect(done).toEqual({ GroupItem: { GroupName, GroupId: 1 }, created: true, added: peers, failures: [] });
    expect(await membersOf(client)).toEqual(names(peers));
    const changes = () => emulator.calls.filter(({ operation }) => operation !== "getContactGroup").length;
    expect(changes()).toBe(3);
    expect(await ensureContactGroup(client, request)).toEqual({ ...done, created: false, added: [] });
    expect(changes()).toBe(3);
    await emulator.close();
  });

  test("adds what is missing to a group that is there, and keeps the others", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator);
    const there = [c2c("other"), peers[0]!, peers[249]!];
    await client.createContactGroup({ From_Account, GroupContactItem: [{ GroupName, ContactItem: there }] });
    const done = await ensureContactGroup(client, request);
    expect(done).toMatchObject({ created: false, added: peers.slice(1, 249), failures: [] });
    expect(await membersOf(client)).toEqual(names([...peers, c2c("other")]));
    await emulator.close();
  });

  test("reports conversations that cannot be added, by their place in the list, also with throwOnPartialFailure", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator, { throwOnPartialFailure: true });
    const ContactItem = [...peers.slice(0, 50), c2c("nobody"), peers[0]!, ...peers.slice(50), g2c("@TGS#gone")];
    const { failures, added } = await ensureContactGroup(client, { ...request, ContactItem });
    expect(failures).toMatchObject([
      { ContactItem: c2c("nobody"), ResultCode: errorCodes.UserNotImported, pointer: "/ContactItem/50" },
      { ContactItem: g2c("@TGS#gone"), ResultCode: errorCodes.ChatGroupUnavailable, pointer: "/ContactItem/252" },
    ]);
    expect(added).toHaveLength(peers.length);
    expect(await membersOf(client)).toEqual(names(peers));
    await emulator.close();
  });

  test("creates an empty group once", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator);
    const empty = { From_Account, GroupName };
    expect(await ensureContactGroup(client, empty)).toMatchObject({ created: true, added: [], failures: [] });
    expect(await ensureContactGroup(client, empty)).toMatchObject({ created: false });
    await emulator.close();
  });
});

const faults: Readonly<Record<string, Fault>> = {
  "a connection that is reset before": { reset: true, when: "before" },
  "a connection that is reset after": { reset: true, when: "after" },
  "a gateway's 502 before": { status: 502, when: "before" },
  "a gateway's 502 after": { status: 502, when: "after" },
  "a cut-off response after": { truncate: 5, when: "after" },
  "a page of a proxy after": { body: "<html>", when: "after" },
  "an internal failure": { error: "InternalFailure" },
  "a rejection for the rate": { error: 60007 },
};
const starts = {
  "no group": [],
  "a group with some": peers.slice(40, 160),
};

describe.each(Object.entries(faults))("with %s", (_, fault) => {
  test.each(Object.keys(starts) as (keyof typeof starts)[])(
    "at any call and from %s, the group has what was asked",
    async (start) => {
      for (const existingName of ["add", "error"] as const)
        // The client waits for a second after it was throttled.
        for (const retry of fault.error === 60007 ? [false] : [false, { baseDelayMs: 0, maxDelayMs: 0 }]) {
          for (let nth = 1; nth <= 7; nth++) {
            const emulator = emulate({ existingName }, { seed });
            const client = connect(emulator, { retry });
            const ContactItem = starts[start];
            if (ContactItem.length > 0) {
              await client.createContactGroup({ From_Account, GroupContactItem: [{ GroupName }] });
              await addToContactGroup(client, { From_Account, GroupName, ContactItem });
            }
            emulator.faults.add({ ...fault, nth });
            await ensured(client);
            emulator.faults.clear();
            expect(await membersOf(client)).toEqual(names(peers));
            await emulator.close();
          }
        }
    },
  );

  /** Repeats the call as a job does: after any error. */
  async function ensured(client: Client): Promise<void> {
    for (let run = 1; run <= 3; run++) {
      const error: unknown = await ensureContactGroup(client, request).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) return;
      // It is the read that failed, or the call certainly did not run.
      expect(error).toMatchObject(
        error instanceof ProtocolError ? { operation: "getContactGroup" } : { retryable: true },
      );
    }
    throw new Error("it did not end");
  }
});

test("needs one call of its own where the response of a change is lost", async () => {
  for (const operation of ["createContactGroup", "updateContactGroup"] as const)
    for (const when of ["before", "after"] as const) {
      const emulator = emulate({}, { seed });
      const client = connect(emulator, { retry: false });
      emulator.faults.add({ operation, reset: true, times: 1, when });
      expect(await ensureContactGroup(client, request)).toMatchObject({ created: true, added: peers, failures: [] });
      expect(await membersOf(client)).toEqual(names(peers));
      await emulator.close();
    }
});

test("ends with the error of the third change without a response", async () => {
  const emulator = emulate({}, { seed });
  const client = connect(emulator, { retry: false });
  emulator.faults.add({ operation: "createContactGroup", status: 502 });
  await expect(ensureContactGroup(client, request)).rejects.toMatchObject({
    kind: "http",
    operation: "createContactGroup",
  });
  expect(emulator.calls.filter(({ operation }) => operation === "createContactGroup")).toHaveLength(3);
  await emulator.close();
});

test("ends with the error of a rejected request, after one more look", async () => {
  const emulator = emulate({ edition: "missing" } as never, { seed });
  const client = connect(emulator, { retry: false });
  await expect(ensureContactGroup(client, request)).rejects.toMatchObject({ code: errorCodes.EditionRequired });
  await emulator.close();
  const full = emulate(
    {},
    {
      seed: {
        apps: [
          people,
          {
            users: [{ userId: "ann", groups: Array.from({ length: 20 }, (_, index) => ({ name: `g${index}` })) }],
            accounts,
          },
        ],
      },
    },
  );
  await expect(ensureContactGroup(connect(full), request)).rejects.toMatchObject({
    code: errorCodes.TooManyConversationGroups,
  });
  expect(full.calls.map(({ operation }) => operation).filter((one) => one === "createContactGroup")).toHaveLength(1);
  await full.close();
});

test("can be called in several processes at a time, and after each was killed at any call", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: 249 }), fc.nat({ max: 120 }), fc.integer({ min: 1, max: 5 })), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom("add" as const, "error" as const),
      async (jobs, existingName) => {
        const emulator = emulate({ existingName }, { seed });
        const lists = jobs.map(([from, count]) => peers.slice(from, from + count));
        const run = async (index: number, lastCall: number): Promise<void> => {
          const client = killable(emulator, lastCall);
          await ensureContactGroup(client, { ...request, ContactItem: lists[index]! });
        };
        await Promise.allSettled(jobs.map(([, , lastCall], index) => run(index, lastCall)));
        await Promise.all(jobs.map((_, index) => run(index, Infinity)));
        expect(await membersOf(connect(emulator))).toEqual(names([...new Set(lists.flat())]));
        await emulator.close();
      },
    ),
    { numRuns: 25 },
  );
});

/** A client whose process ends when a call was sent: the service runs it, and nobody gets the response. */
function killable(emulator: Emulator, lastCall: number): Client {
  let calls = 0;
  const killed = new AbortController();
  const client = connect(emulator, {
    rateLimit: false,
    fetch: async (url: any, init: any) => {
      killed.signal.throwIfAborted();
      const response = await emulator.fetch(url, init);
      if (++calls >= lastCall) killed.abort(new Error("killed"));
      killed.signal.throwIfAborted();
      return response;
    },
    retry: false,
  });
  return client;
}

test("reports no failure of a conversation that was added after all", async () => {
  const emulator = emulate({}, { seed });
  const importLate = () => connect(emulator).call("v4/im_open_login_svc/account_import", { UserID: "late" });
  let changes = 0;
  const importBeforeChange: Middleware = async (call, next) => {
    if (call.operation === "updateContactGroup" && ++changes === 1) await importLate();
    return next(call);
  };
  const client = connect(emulator, { retry: false, middleware: [importBeforeChange] });
  emulator.faults.add({ operation: "updateContactGroup", reset: true, times: 1, when: "before" });
  const ContactItem = [c2c("late"), ...peers];
  expect(await ensureContactGroup(client, { ...request, ContactItem })).toMatchObject({
    added: ContactItem,
    failures: [],
  });
  await emulator.close();
});
