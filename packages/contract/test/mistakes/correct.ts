/** Programs without a mistake, some of them at a limit or near a rule. */
import { createClient } from "@contact-groups/client";
import { app, type Consumer, type Transport, userSig } from "./consumer.ts";

export interface CorrectProgram {
  readonly name: string;
  readonly transport: Transport;
  readonly program: (consumer: Consumer) => Promise<unknown>;
}

const From_Account = "user_0001";
const user = { Type: 1, To_Account: "user_0002" };
const group = { Type: 2, ToGroupId: "@TGS#1B2AUI7RZ" };
const family = { From_Account, GroupContactItem: [{ GroupName: "family" }] };
const page = (StartIndex = 0, account = From_Account): object => ({ From_Account: account, StartIndex });
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const users = (count: number): object[] =>
  many(count, user).map((one, index) => ({ ...one, To_Account: `user_${index}` }));
const create = (GroupName: string, ContactItem: readonly unknown[] = []): object => ({
  From_Account,
  GroupContactItem: [{ GroupName, ContactItem }],
});
const update = (UpdateGroup: object): object => ({ From_Account, UpdateType: 1, UpdateGroup });
const mark = (...MarkItem: readonly object[]): object => ({ From_Account, MarkItem });
const twoPages = [{ example: "FirstOfTwoPages" }, { example: "LastOfTwoPages" }] as const;

const sending =
  (command: string, ...bodies: readonly unknown[]): CorrectProgram["program"] =>
  async ({ send }) => {
    for (const body of bodies) await send(command, body);
  };

/** The client of this project, as a program uses it. */
const client = (consumer: Consumer, options: Partial<Parameters<typeof createClient>[0]> = {}) =>
  createClient({
    baseUrl: "http://contract.test",
    sdkAppId: app.sdkAppId,
    identifier: "administrator",
    userSig,
    fetch: ((url: string | URL, init?: RequestInit) => {
      const { pathname, search } = new URL(url);
      return consumer.fetch(`${pathname}${search}`, init);
    }) as typeof fetch,
    ...options,
  } as Parameters<typeof createClient>[0]);

const programs = (
  transport: Transport,
  all: Readonly<Record<string, CorrectProgram["program"]>>,
): readonly CorrectProgram[] => Object.entries(all).map(([name, program]) => ({ name, transport, program }));

const withHeaders =
  (headers: Readonly<Record<string, string>>): CorrectProgram["program"] =>
  ({ send }) =>
    send("get", page(), { headers });

/** Reads all pages of a list. */
async function readAll({ send }: Consumer, account = From_Account): Promise<void> {
  let start = 0;
  for (;;) {
    const response = await send("get", page(start, account));
    if (response?.ErrorCode !== 0) return;
    if (response.CompleteFlag !== 0) return;
    start = response.NextStartIndex;
  }
}

export const correctPrograms: readonly CorrectProgram[] = [
  ...programs("http", {
    "reads a page": sending("get", page()),
    "declares UTF-8": withHeaders({ "Content-Type": "application/json; charset=utf-8" }),
    "declares UTF-8 in capitals": withHeaders({ "Content-Type": "application/json;charset=UTF-8" }),
    "sends other header fields": withHeaders({ Accept: "*/*", "User-Agent": "test/1", "X-Request-Id": "0b5b1e3c" }),
    "sends bytes with a Content-Type": ({ fetch, target }) =>
      fetch(target("get"), {
        method: "POST",
        body: new TextEncoder().encode(JSON.stringify(page())),
        headers: { "content-type": "application/json" },
      }),
    "indents the JSON": ({ send }) => send("get", JSON.stringify(page(), undefined, 2)),
    "escapes the characters of a name": ({ send }) =>
      send(
        "create",
        JSON.stringify(create("\u5bb6\u4eba")).replaceAll(/[^ -~]/g, (it) => `\\u${it.charCodeAt(0).toString(16)}`),
      ),
    "uses the same key in different objects": sending("search", { From_Account, ContactItem: users(2) }),
    "sends random 0 and the largest one": async ({ send }) => {
      for (const random of ["0", "4294967295"]) await send("get", page(), { query: { random } });
    },
    "sends an SDKAppID of 8 digits": ({ send }) => send("get", page(), { query: { sdkappid: "20000001" } }),
    "sends an account of 32 bytes": sending("get", page(0, "a".repeat(32))),
    "sends an account with blanks and signs": sending("get", page(0, "a b@c.d/e+f%20&g=h#i")),
    "searches for 300 conversations": sending("search", { From_Account, ContactItem: users(300) }),
    "searches for users and chat groups": sending("search", { From_Account, ContactItem: [user, group] }),
    "searches for a chat group of 48 bytes": sending("search", {
      From_Account,
      ContactItem: [{ Type: 2, ToGroupId: `@TGS#${"A".repeat(43)}` }],
    }),
    "creates a group of 100 conversations": sending("create", create("family", users(100))),
    "creates a group without conversations": sending("create", family),
    "creates a group with a name of 32 bytes": sending(
      "create",
      create("a".repeat(32)),
      create("\u5bb6".repeat(10)),
      create("\u{1F46A}".repeat(8)),
    ),
    "renames a group, and regroups its conversations": sending(
      "update",
      update({ UpdateGroupType: 1, OldGroupName: "family", NewGroupName: "friends" }),
      update({
        UpdateGroupType: 2,
        OldGroupName: "friends",
        ContactUpdateItem: [
          { ContactOptType: 1, ContactItem: user },
          { ContactOptType: 2, ContactItem: group },
        ],
      }),
    ),
    "deletes two groups": sending(
      "del",
      { From_Account, GroupName: ["family"] },
      { From_Account, GroupName: ["friends"] },
    ),
    "sets and clears marks": sending(
      "mark_contact",
      mark({ OptType: 1, ContactItem: user, SetMark: [0, 63], ClearMark: [1] }),
      mark(
        { OptType: 2, ContactItem: group, CustomMark: "a".repeat(256) },
        { OptType: 2, ContactItem: user, CustomMark: "" },
      ),
      mark({ OptType: 3, ContactItem: user, SetMark: [2], CustomMark: "\u91cd\u8981" }),
    ),
    "uses the client of this project": async (consumer) => {
      const api = client(consumer);
      await api.createContactGroup(create("family", [user]) as never);
      await api.getContactGroup(page() as never);
      await api.searchContactGroup({ From_Account, ContactItem: [user] } as never);
      await api.markContact(mark({ OptType: 1, ContactItem: user, SetMark: [0] }) as never);
      await api.delContactGroup({ From_Account, GroupName: ["family"] } as never);
    },
    "reads all pages with the client": async (consumer) => {
      consumer.plan("get_contact_group", twoPages);
      for await (const _ of client(consumer).iterateContactGroup({ From_Account } as never));
    },
    "sends 50 calls at the same time with the client": async (consumer) => {
      const api = client(consumer);
      await Promise.all(many(50, 0).map((_, index) => api.getContactGroup(page(0, `user_${index}`) as never)));
    },
    "is throttled with the client": async (consumer) => {
      consumer.plan("get_contact_group", { error: 60007 });
      const api = client(consumer);
      await Promise.all(many(30, 0).map((_, index) => api.getContactGroup(page(0, `user_${index}`) as never)));
    },
    "retries with the client": async (consumer) => {
      consumer.plan("get_contact_group", [{ error: 60008 }, { status: 502 }]);
      await client(consumer, { retry: { baseDelayMs: 1 } }).getContactGroup(page() as never);
    },
  }),
  ...programs("fetch", {
    "reads all pages": async (consumer) => {
      consumer.plan("get_contact_group", twoPages);
      await readAll(consumer);
    },
    "requests a failed page again": async ({ plan, send }) => {
      plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { error: 50004 }, { example: "LastOfTwoPages" }]);
      for (const start of [0, 37, 37]) await send("get", page(start));
    },
    "begins again after a failure": async (consumer) => {
      const { plan, send } = consumer;
      plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { error: 50004 }]);
      for (const start of [0, 37]) await send("get", page(start));
      plan("get_contact_group", twoPages);
      await readAll(consumer);
    },
    "reads the pages of two users in turn": async ({ plan, send }) => {
      plan("get_contact_group", twoPages);
      plan("get_contact_group", twoPages);
      for (const start of [0, 37])
        for (const account of ["user_0001", "user_0002"]) await send("get", page(start, account));
    },
    "reads a list four times": async (consumer) => {
      for (let reading = 0; reading < 4; reading++) await readAll(consumer);
    },
    "polls a list": async (consumer) => {
      for (let round = 0; round < 20; round++) {
        await readAll(consumer);
        consumer.wait(5000);
      }
    },
    "reads a list for many callers at once": (consumer) => Promise.all(many(30, 0).map(() => readAll(consumer))),
    "reads after each write": async (consumer) => {
      for (let index = 0; index < 10; index++) {
        await consumer.send("create", create(`group ${index}`));
        await readAll(consumer);
      }
    },
    "waits for the time of Retry-After": async ({ plan, send, wait }) => {
      plan("get_contact_group", { status: 503, headers: { "Retry-After": "3" } });
      await send("get", page());
      wait(3000);
      await send("get", page());
    },
    "waits and retries a throttled call": async ({ plan, send, wait }) => {
      plan("get_contact_group", [{ error: 60007 }, { error: 60018 }]);
      for (const ms of [200, 400, 0]) {
        await send("get", page());
        wait(ms);
      }
    },
    "retries three times with a growing wait": async ({ plan, send, wait }) => {
      plan("get_contact_group", many(3, { error: 60008 }));
      for (const ms of [100, 200, 400, 0]) {
        await send("get", page());
        wait(ms);
      }
    },
    "renews the UserSig after it expired": async ({ plan, send }) => {
      plan("get_contact_group", { error: 70001 });
      await send("get", page());
      await send("get", page(), { query: { usersig: `${userSig}2` } });
    },
    "looks whether a lost create has run": async ({ plan, send }) => {
      plan("create_contact_group", { reset: true });
      await send("create", family);
      await send("get", page());
      await send("create", family);
    },
    "creates again after a group was deleted": async ({ plan, send }) => {
      plan("create_contact_group", { error: 51010 });
      await send("create", family);
      await send("del", { From_Account, GroupName: ["old"] });
      await send("create", family);
    },
    "creates different groups at the same time": ({ send }) =>
      Promise.all(["a", "b", "c"].map((name) => send("create", create(name)))),
    "reads twice at the same time": ({ send }) => Promise.all([send("get", page()), send("get", page())]),
    "sends IDs that look like others": sending("search", {
      From_Account: "group_leader",
      ContactItem: [
        { Type: 1, To_Account: "C2" },
        { Type: 1, To_Account: "Doe, Jane" },
        { Type: 1, To_Account: "Bob" },
        { Type: 1, To_Account: "bob" },
        { Type: 2, ToGroupId: "GROUP_A" },
        { Type: 2, ToGroupId: "GROUPS" },
        { Type: 2, ToGroupId: "group_0001" },
        { Type: 2, ToGroupId: "bob" },
        { Type: 2, ToGroupId: "@TGS#_@TGS#cAVQXJTM62CG" },
      ],
    }),
    "sends the UserIDs of an app that all begin with c2c_": ({ send }) =>
      send(
        "search",
        { From_Account: "c2c_0001", ContactItem: [{ Type: 1, To_Account: "c2c_0002" }] },
        { query: { identifier: "c2c_admin" } },
      ),
    "names groups with signs": sending("create", create("Work, home"), create("$100 {club}"), create("2024")),
    "marks a conversation in two ways": sending(
      "mark_contact",
      mark({ OptType: 1, ContactItem: user, SetMark: [32] }, { OptType: 2, ContactItem: user, CustomMark: " {} " }),
    ),
    "creates a deleted group again, and renames it back": async ({ send }) => {
      await send("del", { From_Account, GroupName: ["family"] });
      await send("create", family);
      await send("update", update({ UpdateGroupType: 1, OldGroupName: "family", NewGroupName: "friends" }));
      await send("update", update({ UpdateGroupType: 1, OldGroupName: "friends", NewGroupName: "family" }));
      await send("del", { From_Account, GroupName: ["family"] });
    },
    "creates a group that was not found": async ({ plan, send }) => {
      plan("del_contact_group", { error: 51009 });
      await send("del", { From_Account, GroupName: ["family"] });
      await send("create", family);
      await send("del", { From_Account, GroupName: ["family"] });
    },
    "renames a group that may exist already": async ({ plan, send }) => {
      plan("create_contact_group", { error: 50002 });
      await send("create", family);
      await send("update", update({ UpdateGroupType: 1, OldGroupName: "family", NewGroupName: "friends" }));
    },
    "deletes a group named as its id": async ({ send }) => {
      await send("create", create("1"));
      await send("del", { From_Account, GroupName: ["1"] });
    },
    "keeps 20 groups": async ({ send }) => {
      for (let index = 0; index < 25; index++) {
        if (index >= 20) await send("del", { From_Account, GroupName: [`group ${index - 20}`] });
        await send("create", create(`group ${index}`));
      }
    },
    "retries at once after a broken connection, then waits": async ({ plan, send, wait }) => {
      plan("get_contact_group", many(3, { reset: true }));
      for (const ms of [0, 100, 200, 0]) {
        await send("get", page());
        wait(ms);
      }
    },
    "ends a call that it does not need": async ({ plan, fetch, target }) => {
      plan("get_contact_group", { delayMs: 2000 });
      const left = new AbortController();
      const call = fetch(target("get"), {
        method: "POST",
        body: JSON.stringify(page()),
        headers: { "Content-Type": "application/json" },
        signal: left.signal,
      }).catch(() => undefined);
      left.abort();
      await call;
    },
    "sends 200 calls in each second": async ({ send, wait }) => {
      for (let index = 0; index < 600; index++) {
        await send("search", { From_Account, ContactItem: [{ Type: 1, To_Account: `user_${index}` }] });
        wait(5);
      }
    },
  }),
  ...programs("with a key", {
    "signs with the key": async ({ send, sign }) => send("get", page(), { query: { usersig: await sign() } }),
    "signs for each call": async ({ send, sign, wait }) => {
      for (let index = 0; index < 3; index++) {
        await send("get", page(), { query: { usersig: await sign({ validitySeconds: 60 }) } });
        wait(61_000);
      }
    },
    "uses a UserSig until its last second": async ({ send, sign, wait }) => {
      const usersig = await sign({ validitySeconds: 60 });
      wait(60_000);
      await send("get", page(), { query: { usersig } });
    },
  }),
];
