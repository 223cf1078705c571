import { errorCodes, limits, type OperationId, operations } from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import type { ConversationFault, Emulator, Fault } from "../../src/index.ts";
import {
  added,
  at,
  bits,
  type Body,
  call,
  codes,
  type Conversation,
  create,
  emulate,
  get,
  mark,
  regroup,
  remove,
  removed,
  rename,
  search,
  to,
} from "../call.ts";

const [bob, cat, open] = [to("bob"), to("cat"), at("@TGS#open")];

/** A call of each operation that reports its conversations, for three conversations. */
const calls: Readonly<Record<string, (emulator: Emulator, ...items: readonly Conversation[]) => Promise<Body>>> = {
  createContactGroup: (emulator, ...items) => create(emulator, "family", items),
  updateContactGroup: async (emulator, ...items) => {
    await create(emulator, "family");
    return regroup(emulator, "family", ...items.map(added));
  },
  markContact: (emulator, ...items) => mark(emulator, ...items.map((item) => bits(item, [0]))),
};

/** The conversations that are in a group or have a mark. */
async function kept(emulator: Emulator): Promise<readonly string[]> {
  const { ContactItem } = await get(emulator);
  return ContactItem.map(({ To_Account, ToGroupId }: Partial<Record<string, string>>) => To_Account ?? ToGroupId);
}

function emulateWith(...conversations: readonly ConversationFault[]): Emulator {
  const emulator = emulate();
  emulator.faults.add({ conversations });
  return emulator;
}

/** The places, from 0 on, of the conversations that fail in calls of ten conversations each. */
async function failedIn(conversation: Omit<ConversationFault, "error">, count = 1, fault: Fault = {}) {
  const emulator = emulate({ accounts: "lenient" });
  emulator.faults.add({ ...fault, conversations: [{ ...conversation, error: 1 }] });
  const results: number[] = [];
  for (let number = 0; number < count; number++)
    results.push(
      ...codes(
        await create(
          emulator,
          "family",
          Array.from({ length: 10 }, (_, item) => to(`p${number}${item}`)),
        ),
      ),
    );
  return results.flatMap((code, index) => (code === 0 ? [] : [index]));
}

test("the operations that report each conversation, and no others, have these calls", () => {
  const declared = Object.entries<object>(operations).filter(([, operation]) => "itemResults" in operation);
  expect(Object.keys(calls)).toEqual(declared.map(([id]) => id));
});

describe.each(Object.keys(calls))("a fault of a conversation in %s", (operation) => {
  const make = calls[operation]!;

  test("fails it and nothing is done with it, while the others are done and the call succeeds", async () => {
    const emulator = emulate();
    emulator.faults.add({ operation: operation as OperationId, conversations: [{ id: "cat", error: 50005 }] });
    const body = await make(emulator, bob, cat, open);
    expect(body).toMatchObject({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" });
    expect(codes(body)).toEqual([0, 50005, 0]);
    expect(await kept(emulator)).toEqual(["bob", "@TGS#open"]);
    expect(emulator.faults.list()).toMatchObject([
      { matched: 1, triggered: 1, conversations: [{ id: "cat", matched: 1, triggered: 1 }] },
    ]);
  });

  test("with `after` reports it as failed although it is done", async () => {
    const emulator = emulateWith({ id: "cat", error: "NetworkTimeout", when: "after" });
    expect(codes(await make(emulator, bob, cat, open))).toEqual([0, errorCodes.NetworkTimeout, 0]);
    expect(await kept(emulator)).toEqual(["bob", "cat", "@TGS#open"]);
  });

  test("names in the journal the conversations that failed by it", async () => {
    const emulator = emulateWith({ id: "cat", error: 50005, when: "after" }, { error: 50001 });
    await make(emulator, bob, cat, open, to("ann"));
    const [record] = emulator.calls.slice(-1);
    expect(record).toMatchObject({ rule: "fault", fault: 1, code: 0, user: "ann", operation });
    const list = operation === "createContactGroup" ? "/GroupContactItem/0/ContactItem" : /\/[A-Z]\w+/.source;
    expect(record?.why).toMatch(
      new RegExp(
        `^The fault 1 failed ${list}\\S*/0,2-3 with 50001 \\(not run\\) and \\S+/1 with 50005 \\(run\\), after \\[`,
      ),
    );
    expect(record?.why).toContain("0 conversations, 4 failed");
  });
});

test("does not remove a conversation from a group, nor add it again", async () => {
  const emulator = emulate();
  await create(emulator, "family", [bob, cat]);
  emulator.faults.add({ conversations: [{ index: 0, error: 50004 }] });
  expect(codes(await regroup(emulator, "family", removed(bob), removed(cat)))).toEqual([50004, 0]);
  expect(await kept(emulator)).toEqual(["bob"]);
  expect(codes(await regroup(emulator, "family", removed(bob), added(bob)))).toEqual([50004, 0]);
});

test("sends the text of the catalogue as ResultInfo, or another one", async () => {
  const text = "The requested UserID has not been imported to Chat. [fault] The fault 1 was triggered.";
  const results = [
    { ContactItem: bob, ResultCode: 50001, ResultInfo: text },
    { ContactItem: cat, ResultCode: -7, ResultInfo: "to the letter" },
    {
      ContactItem: open,
      ResultCode: 91000,
      ResultInfo: "An error that the catalogue does not have. [fault] The fault 1 was triggered.",
    },
  ];
  const emulator = emulateWith(
    { id: "bob", error: "UserNotImported" },
    { id: "cat", error: -7, errorInfo: "to the letter" },
    { id: "@TGS#open", error: 91000 },
  );
  expect((await create(emulator, "family", [bob, cat, open]))["GroupResultItem"][0].ResultItem).toEqual(results);
});

test.each<[Omit<ConversationFault, "error">, number[]]>([
  [{}, Array.from({ length: 20 }, (_, index) => index)],
  [{ id: "p03" }, [3]],
  [{ index: 3 }, [3, 13]],
  [{ index: 3, id: "p04" }, []],
  [{ nth: 12 }, [11]],
  [{ nth: 9, times: 4 }, [8, 9, 10, 11]],
  [{ times: 3 }, [0, 1, 2]],
  [{ index: 4, nth: 2 }, [14]],
])("a fault of the conversations %j fails %j of two calls", async (conversation, places) => {
  expect(await failedIn(conversation, 2)).toEqual(places);
});

test.each<[Fault, number[]]>([
  [{ nth: 2 }, [10]],
  [{ times: 1 }, [0]],
  [{ user: "bob" }, []],
  [{ sdkAppId: 1400000001 }, []],
  [{ operation: "markContact" }, []],
  [{ user: "ann", sdkAppId: 1400000000, operation: "createContactGroup", nth: 3, times: 2 }, [20, 30]],
])("a fault of the calls %j and the first conversation fails %j of five calls", async (fault, places) => {
  expect(await failedIn({ index: 0 }, 5, fault)).toEqual(places);
});

test("selects the same conversations in every run of a seed and after a reset, and others with another seed", async () => {
  const drawn = await failedIn({ probability: 0.3 }, 10);
  expect(drawn.length).toBeGreaterThan(20);
  expect(drawn.length).toBeLessThan(40);
  expect(await failedIn({ probability: 0.3, seed: 1 }, 10)).toEqual(drawn);
  expect(await failedIn({ probability: 0.3, seed: 2 }, 10)).not.toEqual(drawn);
  expect(await failedIn({ probability: 0.3, times: 5 }, 10)).toEqual(drawn.slice(0, 5));

  const emulator = emulateWith({ probability: 0.5, error: 1 });
  const run = async (): Promise<readonly number[]> => codes(await create(emulator, "a", [bob, cat, open]));
  const first = [await run(), await run(), await run()];
  emulator.reset();
  expect(emulator.faults.list()).toMatchObject([{ matched: 0, conversations: [{ matched: 0, triggered: 0 }] }]);
  expect([await run(), await run(), await run()]).toEqual(first);
});

test("of two faults of one conversation, the first that is due decides, and both count it", async () => {
  const emulator = emulateWith({ id: "bob", nth: 2, error: 1 }, { error: 2 });
  const run = async (): Promise<readonly number[]> => codes(await create(emulator, "a", [bob, cat]));
  expect([await run(), await run(), await run()]).toEqual([
    [2, 2],
    [1, 2],
    [2, 2],
  ]);
  expect(emulator.faults.list()).toMatchObject([
    {
      matched: 3,
      triggered: 3,
      conversations: [
        { matched: 3, triggered: 1 },
        { matched: 6, triggered: 5 },
      ],
    },
  ]);
});

test("does not match a call without such a conversation, so that another fault is triggered", async () => {
  const emulator = emulateWith({ id: "cat", error: 1 });
  emulator.faults.add({ conversations: [{ id: "bob", error: 2 }] });
  expect(codes(await create(emulator, "a", [bob]))).toEqual([2]);
  expect(codes(await create(emulator, "a", [bob, cat]))).toEqual([0, 1]);
  expect(emulator.faults.list()).toMatchObject([
    { matched: 1, triggered: 1 },
    { matched: 2, triggered: 1 },
  ]);
});

test("matches no call of an operation that reports no conversation, nor a renaming", async () => {
  const emulator = emulate();
  await create(emulator, "a", [bob]);
  emulator.faults.add({ conversations: [{ error: 1 }] });
  const bodies = [
    await get(emulator),
    await search(emulator, [bob]),
    await rename(emulator, "a", "b"),
    await create(emulator, "c"),
    await create(emulator, "c", []),
    await remove(emulator, "b"),
  ];
  expect(bodies.map(({ ErrorCode }) => ErrorCode)).toEqual(bodies.map(() => 0));
  expect(emulator.faults.list()).toMatchObject([{ matched: 0, triggered: 0 }]);
});

test("leaves a call that fails as a whole as it is, and waits for one that succeeds", async () => {
  const waits: number[] = [];
  const emulator = emulate({}, { wait: async (milliseconds) => void waits.push(milliseconds) });
  emulator.faults.add({ conversations: [{ id: "bob", error: 1, times: 1 }], times: 1, delayMs: 5 });
  const failed = await regroup(emulator, "nothing", added(bob));
  expect(failed).toMatchObject({ ErrorCode: errorCodes.ConversationGroupNotFound });
  expect(emulator.calls).toMatchObject([{ rule: "group.exists", fault: undefined }]);
  await call(emulator, "createContactGroup", { From_Account: "ann", GroupContactItem: [{ ContactItem: [bob] }] });
  expect(waits).toEqual([]);
  expect(emulator.faults.list()).toMatchObject([
    { matched: 2, triggered: 0, conversations: [{ matched: 2, triggered: 0 }] },
  ]);
  expect(codes(await create(emulator, "a", [bob]))).toEqual([1]);
  expect(codes(await create(emulator, "a", [bob]))).toEqual([0]);
  expect(waits).toEqual([5]);
});

test("does not check a conversation that it fails before, and checks one that it fails after", async () => {
  const emulator = emulate({ unknownPeer: "call" });
  emulator.faults.add({ conversations: [{ id: "nobody", error: 1, times: 1 }] });
  expect(codes(await create(emulator, "a", [bob, to("nobody")]))).toEqual([0, 1]);
  emulator.faults.add({ conversations: [{ id: "nobody", error: 1, when: "after" }] });
  expect(await create(emulator, "a", [to("nobody")])).toMatchObject({ ErrorCode: errorCodes.UserNotImported });
  const item = emulate();
  item.faults.add({ conversations: [{ id: "nobody", error: 1, when: "after" }] });
  expect(codes(await create(item, "a", [to("nobody")]))).toEqual([1]);
  expect(await kept(item)).toEqual([]);
});

test("leaves room for another conversation in place of one that it fails before", async () => {
  const { maximum } = limits.groupedConversations;
  const peers = Array.from({ length: maximum - 1 }, (_, index) => ({
    Type: 1 as const,
    To_Account: `p${index}`,
    groups: ["a"],
  }));
  const seed = {
    apps: [{ accounts: ["bob", "cat"], users: [{ userId: "ann", groups: [{ name: "a" }], conversations: peers }] }],
  };
  const emulator = emulate({ conversationCap: "item" }, { seed });
  emulator.faults.add({ conversations: [{ id: "bob", error: 1 }] });
  expect(codes(await create(emulator, "a", [bob, cat, to("ann")]))).toEqual([1, 0, errorCodes.TooManyConversations]);
});

describe("with another effect", () => {
  const conversations = [{ id: "bob", error: 50005 }] as const;

  test("delays a response with a conversation that failed", async () => {
    const waits: number[] = [];
    const emulator = emulate({}, { wait: async (milliseconds) => void waits.push(milliseconds) });
    emulator.faults.add({ conversations, delayMs: 2000 });
    expect(codes(await create(emulator, "a", [bob, cat]))).toEqual([50005, 0]);
    expect(waits).toEqual([2000]);
    expect(emulator.calls[0]?.why).toBe(
      "The fault 1 failed /GroupContactItem/0/ContactItem/0 with 50005 (not run), waited 2000 ms, after [create.new-group] The group 1 was created; the call added 1 conversation, 1 failed",
    );
  });

  test("breaks the connection after the other conversations were added", async () => {
    const emulator = emulate();
    emulator.faults.add({ conversations, reset: true, times: 1 });
    await expect(create(emulator, "a", [bob, cat])).rejects.toThrow(TypeError);
    expect(emulator.calls).toMatchObject([{ rule: "fault", code: undefined }]);
    expect(await kept(emulator)).toEqual(["cat"]);
  });

  test.each<Fault>([{ truncate: 30 }, { drip: { bytes: 7, everyMs: 0 } }])("sends it with %j", async (fault) => {
    const emulator = emulate();
    emulator.faults.add({ ...fault, conversations });
    const created = create(emulator, "a", [bob, cat]);
    if (fault.truncate === undefined) expect(codes(await created)).toEqual([50005, 0]);
    else await expect(created).rejects.toBeInstanceOf(TypeError);
    expect(await kept(emulator)).toEqual(["cat"]);
  });
});

test.each([
  ["null", "null"],
  ["a list", "[]"],
  ["no list of groups", '{"GroupContactItem":null}'],
  ["an object in place of a list", '{"GroupContactItem":{"0":{"ContactItem":[1]}}}'],
  ["no groups in the list", '{"GroupContactItem":[null,1,"x",{"ContactItem":null},{"ContactItem":{"length":9}}]}'],
  [
    "no conversations in the list",
    '{"From_Account":"ann","GroupContactItem":[{"GroupName":"a","ContactItem":[null,1,"x",[],{"ContactItem":null},{"Type":{}}]}]}',
  ],
  ["10,000 nested lists", `{"From_Account":"ann","GroupContactItem":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
])("rejects a body with %s like an emulator without faults", async (_, body) => {
  const emulator = emulateWith({ id: "bob", error: 1 }, { index: 0, error: 2 }, { probability: 0.5, error: 3 });
  const usual = await call(emulate(), "createContactGroup", body);
  expect(usual.ErrorCode).toBe(errorCodes.InvalidRequestParameter);
  expect(await call(emulator, "createContactGroup", body)).toEqual(usual);
  expect(emulator.faults.list()).toMatchObject([{ triggered: 0 }]);
});

test("keeps a copy, which cannot be changed from outside", async () => {
  const emulator = emulate();
  const conversations = [{ id: "bob", error: 1 }];
  emulator.faults.add({ conversations });
  conversations[0]!.error = 9;
  for (const { conversations: listed } of emulator.faults.list()) Object.assign(listed?.[0] ?? {}, { error: 9 });
  expect(emulator.faults.list()).toEqual([
    { id: 1, matched: 0, triggered: 0, conversations: [{ id: "bob", error: 1, matched: 0, triggered: 0 }] },
  ]);
  expect(codes(await create(emulator, "a", [bob]))).toEqual([1]);
});
