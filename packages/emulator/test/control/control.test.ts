import { descriptionVersion } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { call, create, emulate, get, now, people, to } from "../call.ts";
import { send, problem } from "./send.ts";

test("returns its name and its versions", async () => {
  expect(await send(emulate(), "GET", "/health")).toEqual({
    status: 200,
    type: "application/json",
    body: { name: manifest.name, version: manifest.version, description: descriptionVersion, ready: true },
  });
});

test("exports and imports the state", async () => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  const { body } = await send(emulator, "GET", "/state");
  expect(body).toEqual(emulator.snapshot());
  await create(emulator, "b");
  expect(await send(emulator, "PUT", "/state", body)).toMatchObject({ status: 204 });
  expect(emulator.snapshot()).toEqual(body);
});

test("adds a seed, and nothing of an invalid one", async () => {
  const emulator = emulate();
  const before = emulator.snapshot();
  const wrong = {
    apps: [{ accounts: ["new"], users: [{ userId: "ann", conversations: [{ ...to("bob"), groups: ["x"] }] }] }],
  };
  expect(await send(emulator, "POST", "/seed", wrong)).toMatchObject(
    problem(
      422,
      { pointer: "#/apps/0/users/0/conversations/0/groups/0" },
      "must be the name of a group of the user, but is",
    ),
  );
  expect(emulator.snapshot()).toEqual(before);
  expect(await send(emulator, "POST", "/seed", { apps: [{ accounts: ["new"] }] })).toMatchObject({ status: 204 });
  expect(emulator.snapshot().apps[0]?.accounts).toContain("new");
});

test("resets the emulator as its method reset does", async () => {
  const emulator = emulate();
  await create(emulator, "a");
  emulator.clock.freeze(0);
  expect(await send(emulator, "POST", "/reset")).toMatchObject({ status: 204 });
  expect([emulator.calls, emulator.clock.now(), (await get(emulator))["GroupItem"]]).toEqual([[], now, []]);
});

test("imports and removes accounts, whose groups stay", async () => {
  const emulator = emulate();
  const from = (user: string) => call(emulator, "getContactGroup", { From_Account: user, StartIndex: 0 });
  expect(await send(emulator, "POST", "/accounts", { accounts: ["a/b c"] })).toMatchObject({ status: 204 });
  expect(await from("a/b c")).toMatchObject({ ErrorCode: 0 });
  expect(await send(emulator, "DELETE", "/accounts/a%2Fb%20c?sdkAppId=1400000000")).toMatchObject({ status: 204 });
  expect(await from("a/b c")).toMatchObject({ ErrorCode: 50001 });
  expect(await send(emulator, "DELETE", "/accounts/a%2Fb%20c")).toMatchObject({ status: 404 });
  expect(await send(emulator, "DELETE", "/accounts/ann?sdkAppId=1400000001")).toMatchObject({ status: 404 });

  await create(emulator, "a");
  await send(emulator, "DELETE", "/accounts/ann");
  await send(emulator, "POST", "/accounts", { sdkAppId: 1400000000, accounts: ["ann"] });
  expect((await get(emulator))["GroupItem"]).toHaveLength(1);
});

test("creates, disbands and removes chat groups", async () => {
  const emulator = emulate();
  const search = () =>
    call(emulator, "searchContactGroup", { From_Account: "ann", ContactItem: [{ Type: 2, ToGroupId: "@TGS#new" }] });
  const codes: number[] = [];
  const note = async () => codes.push((await search()).ErrorCode);
  await note();
  await send(emulator, "POST", "/chatGroups", { chatGroups: [{ id: "@TGS#new" }] });
  await note();
  await send(emulator, "POST", "/chatGroups", { chatGroups: [{ id: "@TGS#new", disbanded: true }] });
  await note();
  expect(codes).toEqual([51007, 0, 51007]);
  expect(await send(emulator, "DELETE", "/chatGroups/@TGS%23new")).toMatchObject({ status: 204 });
  expect(await send(emulator, "DELETE", "/chatGroups/@TGS%23new")).toMatchObject({ status: 404 });
});

test("changes the marks of a conversation, and sets its Timestamp", async () => {
  const emulator = emulate();
  const change = (marks: object) => send(emulator, "PATCH", "/marks", { userId: "ann", ...to("bob"), ...marks });
  expect(await change({ standardMark: "1", customMark: "x" })).toMatchObject({ status: 204 });
  emulator.clock.advance(5000);
  await change({ customMark: "y" });
  expect((await get(emulator))["ContactItem"]).toEqual([
    { ...to("bob"), StandardMark: "1", CustomMark: "y", Timestamp: now / 1000 + 5 },
  ]);
  await change({ standardMark: "", customMark: "" });
  expect((await get(emulator))["ContactItem"]).toEqual([]);
  expect(await change({ standardMark: "2" })).toMatchObject(problem(422, { pointer: "#/standardMark" }, "must match"));
});

test("puts the default seed into the first app", async () => {
  const emulator = emulate({}, { apps: [{ sdkAppId: 20000001 }, { sdkAppId: 20000002 }], seed: { apps: [people] } });
  await send(emulator, "PATCH", "/marks", { userId: "ann", ...to("bob"), standardMark: "1", sdkAppId: 20000002 });
  await send(emulator, "POST", "/accounts", { accounts: ["dan"] });
  expect(emulator.snapshot().apps.map(({ accounts, users }) => [accounts?.includes("dan"), users?.length])).toEqual([
    [true, 0],
    [false, 1],
  ]);
});
