import { partsOf } from "../src/create-emulator.ts";
import { createClient } from "@contact-groups/client";
import { expect, test } from "vitest";
import { createEmulator, type SeedDocument } from "../src/index.ts";
import { at, call, create, emulate, get, now, search, seconds, to, rename } from "./call.ts";
import { userIdLength } from "./limits.ts";

const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";
const url = `http://emulator.test/v4/recentcontact/get_contact_group?${query}`;
const body = JSON.stringify({ From_Account: "ann", StartIndex: 0 });

test("serves a client that uses its fetch, without a socket", async () => {
  const emulator = emulate();
  const client = createClient({
    fetch: emulator.fetch,
    baseUrl: "http://emulator.test",
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text",
  });
  const GroupContactItem = [{ GroupName: "family", ContactItem: [to("bob"), at("@TGS#open")] }];
  await client.createContactGroup({ From_Account: "ann", GroupContactItem });
  const page = await client.getContactGroup({ From_Account: "ann", StartIndex: 0 });
  const found = await client.searchContactGroup({ From_Account: "ann", ContactItem: [to("bob")] });
  expect(page.ContactItem).toHaveLength(2);
  expect(found.ContactResultItem).toEqual([
    { ...to("bob"), StandardMark: "", ContactGroupId: [1], Timestamp: seconds },
  ]);
});

test("accepts a Request as well as a URL, and sends the headers of the service", async () => {
  const response = await emulate().fetch(new Request(url, { method: "POST", body }));
  expect(await response.json()).toMatchObject({ ActionStatus: "OK" });
  expect(Object.fromEntries(response.headers)).toEqual({
    "access-control-allow-headers": "X-Requested-With",
    "access-control-allow-methods": "POST",
    "access-control-allow-origin": "*",
    "content-type": "application/json",
    date: new Date(now).toUTCString(),
  });
});

test("allows a page's preflight for JSON", async () => {
  const response = await emulate().fetch(url, { method: "OPTIONS" });
  expect(response.status).toBe(204);
  expect(response.headers.get("Access-Control-Allow-Headers")).toContain("Content-Type");
});

test("rejects with the reason of an aborted signal, and changes nothing", async () => {
  const emulator = emulate();
  const reason = new Error("enough");
  await expect(emulator.fetch(url, { method: "POST", body, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(emulator.calls).toEqual([]);
});

test("reset restores the seed, and clears calls and clock", async () => {
  const emulator = emulate();
  const before = emulator.snapshot();
  await create(emulator, "a", [to("bob")]);
  emulator.clock.freeze(0);
  emulator.reset();
  expect(emulator.snapshot()).toEqual(before);
  expect([emulator.calls, emulator.clock.now()]).toEqual([[], now]);
  expect(await create(emulator, "b")).toMatchObject({ GroupResultItem: [{ GroupItem: { GroupId: 1 } }] });
});

test("a snapshot restores the same state into another emulator, byte by byte", async () => {
  const emulator = emulate({ pageSize: 2 });
  await create(emulator, "b", [to("cat"), at("@TGS#open"), to("bob")]);
  await create(emulator, "a", [to("bob")]);
  const snapshot = structuredClone(emulator.snapshot());
  const other = emulate({ pageSize: 2 });
  other.restore(JSON.parse(JSON.stringify(snapshot)) as SeedDocument);
  expect(other.snapshot()).toEqual(snapshot);
  for (const start of [0, 2])
    expect(JSON.stringify(await get(other, start))).toBe(JSON.stringify(await get(emulator, start)));
  expect(await create(other, "c", [to("dan")])).toEqual(await create(emulator, "c", [to("dan")]));
});

test("a snapshot tells groups of one name apart", async () => {
  const emulator = emulate({ renameToExisting: "accept" });
  await create(emulator, "a", [to("bob"), to("cat")]);
  await create(emulator, "b", [to("cat"), at("@TGS#open")]);
  await rename(emulator, "b", "a");
  const snapshot = JSON.stringify(emulator.snapshot());
  const other = emulate();
  other.restore(JSON.parse(snapshot) as SeedDocument);
  expect(JSON.stringify(other.snapshot())).toBe(snapshot);
  expect(await get(other)).toEqual(await get(emulator));
});

test.each([
  [{ groups: [{ name: "a" }, { name: "a" }] }, "/groups/1/name is already the name of a group of the user."],
  [
    { conversations: [{ ...to("bob"), groupIds: [2] }] },
    "/conversations/0/groupIds/0 must be the ID of a group of the user, but is 2.",
  ],
  [
    { conversations: [{ ...to("bob"), groups: [], groupIds: [] }] },
    "/conversations/0/groupIds must not be given in addition to groups.",
  ],
])("rejects the seed %j of a user", (user, message) => {
  expect(() => emulate({}, { seed: { apps: [{ users: [{ userId: "ann", ...user }] }] } })).toThrow(message);
});

test("restore replaces everything, or nothing when the document is invalid", async () => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  const before = emulator.snapshot();
  const wrong = { apps: [{ users: [{ userId: "ann", conversations: [{ ...to("bob"), groups: ["none"] }] }] }] };
  expect(() => emulator.restore(wrong)).toThrow(
    '/apps/0/users/0/conversations/0/groups/0 must be the name of a group of the user, but is "none".',
  );
  expect(emulator.snapshot()).toEqual(before);
  emulator.restore({ apps: [] });
  expect(emulator.snapshot()).toEqual({ apps: [] });
});

test("seed adds to the state", async () => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  emulator.seed({
    apps: [
      {
        users: [
          { userId: "ann", groups: [{ name: "b" }], conversations: [{ ...at("@TGS#open"), groups: ["a", "b"] }] },
        ],
      },
    ],
  });
  expect((await get(emulator))["ContactItem"]).toEqual([
    { ...to("bob"), StandardMark: "", ContactGroupId: [1], Timestamp: seconds },
    { ...at("@TGS#open"), StandardMark: "", ContactGroupId: [1, 2], Timestamp: seconds },
  ]);
});

test.each([
  [{}, "/apps is required, but is missing."],
  [
    { apps: [{ account: [] }] },
    '/apps/0 must not have the field "account". Its fields can be sdkAppId, accounts, chatGroups, users.',
  ],
  [
    { apps: [{ accounts: ["x".repeat(userIdLength + 1)] }] },
    `/apps/0/accounts/0 must have at most ${userIdLength} characters, but has ${userIdLength + 1}.`,
  ],
  [
    { apps: [{ users: [{ userId: "a", conversations: [{ Type: 1, ToGroupId: "g" }] }] }] },
    "/apps/0/users/0/conversations/0/To_Account is required, but is missing.",
  ],
  [
    { apps: [{ users: [{ userId: "a", conversations: [to("b")] }] }] },
    "/apps/0/users/0/conversations/0 must be in a group or have a mark.",
  ],
  [
    { apps: [{ users: [{ userId: "a", conversations: [{ ...to("b"), standardMark: "2" }] }] }] },
    "/standardMark must match",
  ],
  [
    { apps: [{ users: [{ userId: "a", conversations: [{ ...to("b"), customMark: "\u4e2d".repeat(86) }] }] }] },
    "/customMark must have at most 256 bytes in UTF-8, but has 258.",
  ],
  [
    {
      apps: [
        {
          users: [{ userId: "a", groups: [{ name: "g" }], conversations: [{ ...to("b"), groups: ["g"], joined: [] }] }],
        },
      ],
    },
    "/apps/0/users/0/conversations/0/joined must have as many items as groups, 1, but has 0.",
  ],
])("rejects the seed %j and names the place", (document, message) => {
  expect(() => createEmulator({ seed: document as SeedDocument })).toThrow(message);
});

test("two runs of one script return identical bytes", async () => {
  const run = async (): Promise<string> => {
    const emulator = emulate();
    const responses = [
      await create(emulator, "a", [to("bob"), to("nobody")]),
      await get(emulator),
      await search(emulator, [to("bob")]),
    ];
    return JSON.stringify([responses, emulator.calls, emulator.snapshot()]);
  };
  expect(await run()).toBe(await run());
});

test("records the last calls with the rule that decided", async () => {
  const emulator = emulate({}, { callsKept: 2 });
  await get(emulator);
  await create(emulator, "a", [to("bob")]);
  await call(emulator, "getContactGroup", "{");
  expect(emulator.calls).toMatchObject([
    { number: 2, at: now, method: "POST", operation: "createContactGroup", rule: "create.new-group", code: 0 },
    { number: 3, operation: "getContactGroup", rule: "request.syntax", code: 60003 },
  ]);
  expect(emulator.calls[0]?.url).toBe(
    "/v4/recentcontact/create_contact_group?sdkappid=1400000000&identifier=administrator&usersig=[redacted]&random=1&contenttype=json",
  );
});

test("handles many calls in one transaction, each all or nothing", async () => {
  const emulator = emulate();
  const prepare = async (GroupName: string) =>
    partsOf(emulator).core.prepare({
      method: "POST",
      target: `/v4/recentcontact/create_contact_group?${query}`,
      body: JSON.stringify({ From_Account: "ann", GroupContactItem: [{ GroupName }] }),
    });
  const responses = partsOf(emulator).core.respondAll([await prepare("a"), await prepare(""), await prepare("b")]);
  expect(responses.map(({ rule }) => rule)).toEqual(["create.new-group", "group.name-empty", "create.new-group"]);
  expect((await get(emulator))["GroupItem"]).toHaveLength(2);
});

test("listens on a free port, serves the same state, and closes", async () => {
  const emulator = emulate();
  const { url: origin } = await emulator.listen();
  const response = await fetch(url.replace("http://emulator.test", origin), { method: "POST", body });
  expect(await response.json()).toMatchObject({ ActionStatus: "OK" });
  expect(emulator.calls).toHaveLength(1);
  await emulator.close();
  await expect(fetch(origin)).rejects.toThrow("fetch failed");
});
