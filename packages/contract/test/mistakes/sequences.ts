/** Mistakes about several calls: retries, pagination, rates, and calls at the same time. */
import type { PlannedResponse } from "../../src/index.ts";
import type { Consumer, Page } from "./consumer.ts";
import { mistakes, type Mistake } from "./mistake.ts";

const From_Account = "user_0001";
const page = (StartIndex = 0, account = From_Account): object => ({ From_Account: account, StartIndex });
const group = { From_Account, GroupContactItem: [{ GroupName: "family" }] };
const deletion = { From_Account, GroupName: ["family"] };
const rename = {
  From_Account,
  UpdateType: 1,
  UpdateGroup: { UpdateGroupType: 1, OldGroupName: "family", NewGroupName: "friends" },
};
const both = [
  { Type: 1, To_Account: "user_0002" },
  { Type: 1, To_Account: "user_0009" },
] as const;
const adding = (...users: readonly object[]): object => ({
  From_Account,
  UpdateType: 1,
  UpdateGroup: {
    UpdateGroupType: 2,
    OldGroupName: "family",
    ContactUpdateItem: users.map((ContactItem) => ({ ContactOptType: 1, ContactItem })),
  },
});
const hundred = (call: number): object[] =>
  Array.from({ length: 100 }, (_, index) => ({ Type: 1, To_Account: `user_${call}_${index}` }));
const partial = {
  From_Account,
  GroupContactItem: [{ GroupName: "group_0003", ContactItem: [both[0], { Type: 2, ToGroupId: "@TGS#2DISBANDED" }] }],
};

/** The response to `adding(...both)` of which the second conversation failed. */
const failedItem = (code: number): PlannedResponse => ({
  body: {
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    UpdateType: 1,
    UpdateGroupResult: {
      UpdateGroupType: 2,
      OldGroupName: "family",
      GroupName: "family",
      GroupId: 1,
      ContactResultItem: both.map((ContactItem, index) => ({
        ContactOptType: 1,
        ContactItem,
        ResultCode: index === 0 ? 0 : code,
        ResultInfo: "",
      })),
    },
  },
});
const twoPages = [{ example: "FirstOfTwoPages" }, { example: "LastOfTwoPages" }] as const;

/** Retries a request whatever happened, at once. */
const retrying =
  (command: string, body: object, planned: Parameters<Consumer["plan"]>[1], attempts = 2): Mistake["program"] =>
  async ({ plan, send }) => {
    plan(command === "mark_contact" ? command : `${command}_contact_group`, planned);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const response = await send(command, body);
      if (response?.ErrorCode === 0) return;
    }
  };

/** Retries after a wait, for ever as far as the test lets it. */
const forEver =
  (planned: Parameters<Consumer["plan"]>[1], waitMs: number): Mistake["program"] =>
  async ({ plan, send, wait }) => {
    plan("get_contact_group", planned, { times: "always" });
    for (let attempt = 0; attempt < 150; attempt++) {
      const response = await send("get", page());
      if (response?.ErrorCode === 0) return;
      wait(waitMs);
    }
  };

/** Reads pages of two with a loop of its own. */
const reading =
  (
    loop: (read: (start: number) => Promise<Page | undefined>, consumer: Consumer) => Promise<unknown>,
  ): Mistake["program"] =>
  (consumer) => {
    consumer.plan("get_contact_group", twoPages);
    return loop((start) => consumer.send("get", page(start)), consumer);
  };

const atOnce =
  (command: string, body: object): Mistake["program"] =>
  ({ send }) =>
    Promise.all([send(command, body), send(command, body)]);

const callsAfter =
  (error: number): Mistake["program"] =>
  async ({ plan, send, wait }) => {
    plan("search_contact_group", { error });
    const search = (index: number): Promise<unknown> =>
      send("search", { From_Account, ContactItem: [{ Type: 1, To_Account: `user_${index}` }] });
    await search(0);
    wait(10);
    await Promise.all(Array.from({ length: 100 }, (_, index) => search(index + 1)));
  };

export const sequenceMistakes: readonly Mistake[] = [
  ...mistakes("fetch", "retry-advice", {
    "creates again after a 502": retrying("create", group, { status: 502 }),
    "creates again after a broken connection": retrying("create", group, { reset: true }),
    "creates again after a response that was cut off": retrying("create", group, { truncate: true }),
    "creates again after an internal failure": retrying("create", group, { error: 50004 }),
    "creates again after a timeout of the service": retrying("create", group, { error: 60008 }),
    "renames again after a broken connection": retrying("update", rename, { reset: true }),
    "deletes again after a 504": retrying("del", deletion, { status: 504 }),
    "reads again for an unknown user": retrying("get", page(), { error: 50001 }),
    "sends an invalid request again": retrying("get", page(), { error: 50002 }),
    "creates again although there are too many groups": retrying("create", group, { error: 51010 }),
    "creates again although the name is too long": retrying("create", group, { error: 51011 }),
    "deletes a group again that does not exist": retrying("del", deletion, { error: 51009 }),
    "retries without the edition": retrying("create", group, { error: 51013 }),
    "retries as no administrator": retrying("get", page(), { error: 60010 }),
    "retries with the UserSig of another key": retrying("get", page(), { error: 70009 }),
    "retries with the same UserSig after it expired": retrying("get", page(), { error: 70001 }),
    "retries while too many failures block the app": retrying("get", page(), { error: 70050 }),
    "retries a throttled call at once": retrying("get", page(), { error: 60007 }),
    "retries a throttled create at once": retrying("create", group, { error: 60018 }),
    "does not wait for the time of Retry-After": async ({ plan, send, wait }) => {
      plan("get_contact_group", { error: 60007, headers: { "Retry-After": "3" } });
      await send("get", page());
      wait(500);
      await send("get", page());
    },
    "creates again after its own timeout": async ({ plan, fetch, target, send }) => {
      plan("create_contact_group", { delayMs: 5000 });
      const timeout = new AbortController();
      const first = fetch(target("create"), {
        method: "POST",
        body: JSON.stringify(group),
        headers: { "Content-Type": "application/json" },
        signal: timeout.signal,
      }).catch(() => undefined);
      timeout.abort();
      await first;
      await send("create", group);
    },
    "retries a throttled call each 50 ms": async ({ plan, send, wait }) => {
      plan("get_contact_group", { error: 60007 }, { times: "always" });
      for (let attempt = 0; attempt < 10; attempt++) {
        await send("get", page());
        wait(50);
      }
    },
    "retries for ever without a wait": forEver({ error: 60008 }, 0),
    "retries for ever each second": forEver({ error: 50005 }, 1000),
    "retries for ever after broken connections": forEver({ reset: true }, 100),
    "retries for ever after pages of a proxy": forEver({ status: 503 }, 100),
    "retries its own invalid request": async ({ send }) => {
      for (let attempt = 0; attempt < 2; attempt++) await send("get", { From_Account, StartIndex: -1 });
    },
  }),
  ...mistakes("fetch", "fail-as-success", {
    "looks at the status only": async ({ plan, send }) => {
      plan("get_contact_group", { error: 50004 });
      for (const start of [0, 100]) await send("get", page(start));
    },
    "goes on to the next page after a failure": async ({ plan, send }) => {
      plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { error: 50004 }, { example: "LastOfTwoPages" }]);
      for (const start of [0, 37, 74]) await send("get", page(start));
    },
  }),
  ...mistakes("fetch", "start-index", {
    "counts items for the next page": reading(async (read) => {
      const first = await read(0);
      await read(first?.ContactItem.length ?? 0);
    }),
    "sends the number of the page": reading(async (read) => {
      for (const number of [0, 1]) await read(number);
    }),
    "begins with 1": ({ send }) => send("get", page(1)),
    "adds one to NextStartIndex": reading(async (read) => {
      const first = await read(0);
      await read((first?.NextStartIndex ?? 0) + 1);
    }),
    "sends StartIndex 0 for each page": reading(async (read) => {
      while ((await read(0))?.CompleteFlag === 0);
    }),
    "forgets the index after a page": async ({ plan, send }) => {
      plan("get_contact_group", { example: "FirstOfTwoPages" }, { times: "always" });
      for (let round = 0; round < 20; round++) if ((await send("get", page(0)))?.CompleteFlag === 1) return;
    },
    "requests one page after the last": reading(async (read) => {
      for (const start of [0, 37, 74]) await read(start);
    }),
    "uses the index of another user": async ({ plan, send }) => {
      plan("get_contact_group", [...twoPages, { example: "OnlyPage" }]);
      const first = await send("get", page(0));
      await send("get", page(first?.NextStartIndex));
      await send("get", page(first?.NextStartIndex, "user_0002"));
    },
  }),
  ...mistakes("fetch", "unfinished-pagination", {
    "stops after the first page": reading((read) => read(0)),
    "reads CompleteFlag 0 as complete": reading(async (read) => {
      const first = await read(0);
      if (first?.CompleteFlag !== 0) await read(first?.NextStartIndex ?? 0);
    }),
    "stops after a page that is empty": async ({ plan, send }) => {
      plan("get_contact_group", {
        body: {
          ActionStatus: "OK",
          ErrorCode: 0,
          ErrorInfo: "",
          Timestamp: 1,
          CompleteFlag: 0,
          NextStartIndex: 5,
          ContactItem: [],
          GroupItem: [],
        },
        unchecked: true,
      });
      const { ContactItem = [] } = (await send("get", page())) ?? {};
      if (ContactItem.length > 0) await send("get", page(5));
    },
  }),
  ...mistakes("fetch", "endless-pagination", {
    "does not stop at the last page": async ({ send }) => {
      let start = 0;
      for (let round = 0; round < 150; round++) start = (await send("get", page(start)))?.NextStartIndex ?? 0;
    },
    "stops only at an empty page": async ({ send }) => {
      for (let round = 0; round < 20; round++) {
        const { NextStartIndex = 0, ContactItem = [] } = (await send("get", page())) ?? {};
        if (ContactItem.length === 0 || NextStartIndex !== 0) return;
      }
    },
  }),
  ...mistakes("fetch", "call-rate", {
    "sends 250 calls at once": ({ send }) =>
      Promise.all(Array.from({ length: 250 }, (_, index) => send("get", page(0, `user_${index}`)))),
    "sends 201 creates within a second": async ({ send, wait }) => {
      for (let index = 0; index <= 200; index++) {
        await send("create", { ...group, From_Account: `user_${index}` });
        wait(4);
      }
    },
    "sends 100 calls after a throttled one": callsAfter(60007),
    "sends 100 calls after the app was throttled": callsAfter(60011),
    "sends 100 calls after too many requests": callsAfter(60019),
    "does not slow down after a throttled call": async ({ plan, send, wait }) => {
      plan("get_contact_group", { error: 60007 });
      for (let index = 0; index < 150; index++) {
        await send("get", page(0, `user_${index}`));
        wait(5);
      }
    },
  }),
  ...mistakes("fetch", "double-submit", {
    "creates a group for each of two clicks": atOnce("create", group),
    "renames a group twice at the same time": atOnce("update", rename),
    "deletes a group twice at the same time": atOnce("del", deletion),
    "hedges a slow create with a second one": ({ send }) => {
      const first = send("create", group);
      return Promise.race([first, send("create", group)]).then(() => first);
    },
  }),
  ...mistakes("fetch", "start-index", {
    "adds the number of items to StartIndex": reading(async (read) => {
      let start = 0;
      for (let round = 0; round < 4; round++) start += (await read(start))?.ContactItem?.length ?? 0;
    }),
  }),
  ...mistakes("fetch", "retry-advice", {
    "retries three times without a wait": retrying(
      "get",
      page(),
      [{ error: 50004 }, { status: 502 }, { error: 60008 }],
      4,
    ),
    "renews the UserSig for ever": async ({ plan, send }) => {
      plan("get_contact_group", { error: 70001 }, { times: "always" });
      for (let attempt = 0; attempt < 5; attempt++)
        await send("get", page(), { query: { usersig: `${"a".repeat(60)}${attempt}` } });
    },
  }),
  ...mistakes("fetch", "item-failure", {
    "creates everything again for one conversation that failed": async ({ plan, send }) => {
      plan("create_contact_group", { example: "PartialFailure" });
      for (let attempt = 0; attempt < 2; attempt++) await send("create", partial);
    },
    "adds everything again for one conversation that failed": async ({ plan, send, wait }) => {
      plan("update_contact_group", failedItem(50004));
      for (let attempt = 0; attempt < 2; attempt++) {
        await send("update", adding(...both));
        wait(500);
      }
    },
    "adds a conversation again that failed for good": async ({ plan, send, wait }) => {
      plan("update_contact_group", failedItem(50001));
      await send("update", adding(...both));
      wait(500);
      await send("update", adding(both[1]));
    },
    "marks a user whose account the create did not find": async ({ plan, send }) => {
      plan("update_contact_group", failedItem(50001));
      await send("update", adding(...both));
      await send("mark_contact", { From_Account, MarkItem: [{ OptType: 1, ContactItem: both[1], SetMark: [32] }] });
    },
  }),
  ...mistakes("fetch", "fail-as-success", {
    "writes for a user who is not imported": async ({ plan, send }) => {
      plan("get_contact_group", { error: 50001 });
      await send("get", page());
      await send("create", group);
    },
  }),
  ...mistakes("fetch", "unknown-group", {
    "uses a group that was not created": async ({ plan, send }) => {
      plan("create_contact_group", { error: 51010 });
      await send("create", group);
      await send("update", adding(both[0]));
    },
    "deletes a group whose create was throttled": async ({ plan, send, wait }) => {
      plan("create_contact_group", { error: 60007 });
      await send("create", group);
      wait(200);
      await send("del", deletion);
    },
    "goes on with a group that was not found": async ({ plan, send }) => {
      plan("update_contact_group", { error: 51009 });
      await send("update", adding(both[0]));
      await send("update", adding(both[1]));
    },
    "uses the old name after a rename": async ({ send }) => {
      await send("update", rename);
      await send("update", adding(both[0]));
    },
    "uses a group after it was deleted": async ({ send }) => {
      await send("del", deletion);
      await send("update", rename);
    },
    "deletes a group twice": async ({ send }) => {
      await send("del", deletion);
      await send("del", deletion);
    },
    "deletes a group by its GroupId": async ({ send }) => {
      await send("create", group);
      await send("del", { From_Account, GroupName: ["1"] });
    },
    "searches for a chat group by the GroupId of a conversation group": async ({ send }) => {
      await send("get", page());
      await send("search", { From_Account, ContactItem: [{ Type: 2, ToGroupId: "1" }] });
    },
    "does not wait for the create before it adds": async ({ send }) =>
      Promise.all([send("create", group), send("update", adding(both[0]))]),
    "adds to a group while it is deleted": async ({ send }) =>
      Promise.all([send("del", deletion), send("update", adding(both[0]))]),
  }),
  ...mistakes("fetch", "limit", {
    "creates 21 groups": async ({ send }) => {
      for (let index = 0; index <= 20; index++)
        await send("create", { From_Account, GroupContactItem: [{ GroupName: `group ${index}` }] });
    },
    "adds 1,100 conversations to a group": async ({ send }) => {
      for (let call = 0; call <= 10; call++) await send("update", adding(...hundred(call)));
    },
    "marks 1,100 conversations": async ({ send }) => {
      for (let call = 0; call <= 10; call++)
        await send("mark_contact", {
          From_Account,
          MarkItem: hundred(call).map((ContactItem) => ({ OptType: 1, ContactItem, SetMark: [32] })),
        });
    },
  }),
  ...mistakes("fetch", "caller-timeout", {
    "gives up before the service does, and searches again": async ({ plan, fetch, target, send }) => {
      plan("get_contact_group", { delayMs: 2500 });
      const timeout = new AbortController();
      const first = fetch(target("get"), {
        method: "POST",
        body: JSON.stringify(page()),
        headers: { "Content-Type": "application/json" },
        signal: timeout.signal,
      }).catch(() => undefined);
      timeout.abort();
      await first;
      await send("get", page());
    },
  }),
];
