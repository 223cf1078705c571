import { expect, test } from "vitest";
import {
  added,
  bits,
  call,
  codes,
  create,
  custom,
  emulate,
  failure,
  get,
  mark,
  regroup,
  rename,
  to,
  update,
} from "../call.ts";

const rejected = failure("InvalidRequestParameter", "request.unknown-fields");

test("ignores a field that the operation does not have, at every depth", async () => {
  const emulator = emulate();
  const junk = { Foo: 1, foo: { Type: 2 }, ["__proto__"]: { Type: 2 }, constructor: [null], "": "" };
  const created = await call(emulator, "createContactGroup", {
    ...junk,
    From_Account: "ann",
    GroupContactItem: [{ ...junk, GroupName: "a", ContactItem: [{ ...junk, ...to("bob") }] }],
  });
  expect(codes(created)).toEqual([0]);
  expect(JSON.stringify(created)).not.toMatch(/foo|__proto__|constructor/i);
  expect(await get(emulator)).toEqual({
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    ContactItem: [{ ...to("bob"), StandardMark: "", ContactGroupId: [1], Timestamp: expect.any(Number) }],
    GroupItem: [{ GroupName: "a", GroupId: 1 }],
    CompleteFlag: 1,
    NextStartIndex: 0,
  });
});

test("does not take an unknown field for one that is missing, and names the misspelt one", async () => {
  const response = await call(emulate(), "getContactGroup", { from_account: "ann", StartIndex: 0, Foo: 1 });
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
  expect(response.ErrorInfo).toContain('there is "from_account", and names are case-sensitive');
  const misspelt = { contactOptType: 1, ContactItem: to("bob") };
  const later = await regroup(emulate(), "a", { ...added(to("bob")), Foo: 1 }, misspelt);
  expect(later.ErrorInfo).toContain(
    '/ContactUpdateItem/1/ContactOptType is required, but is missing; there is "contactOptType"',
  );
});

test("ignores marks of another kind than the OptType", async () => {
  const emulator = emulate();
  expect(codes(await mark(emulator, { ...custom(to("bob"), "x"), SetMark: [64], ClearMark: "no" }))).toEqual([0]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ CustomMark: "x", StandardMark: "" }]);
  expect(codes(await mark(emulator, { ...bits(to("bob"), [1]), CustomMark: "y".repeat(1000) }))).toEqual([0]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ CustomMark: "x", StandardMark: "10" }]);
});

test("ignores a new name in an update of conversations, and conversations in one of the name", async () => {
  const emulator = emulate();
  await create(emulator, "a");
  const ContactUpdateItem = [added(to("bob"))];
  const regrouped = { UpdateGroupType: 2, OldGroupName: "a", NewGroupName: "", ContactUpdateItem };
  expect(codes(await update(emulator, regrouped))).toEqual([0]);
  const renamed = { UpdateGroupType: 1, OldGroupName: "a", NewGroupName: "b", ContactUpdateItem: [added(to("cat"))] };
  expect(await update(emulator, renamed)).toMatchObject({ UpdateGroupResult: { GroupName: "b" } });
  const { ContactItem, GroupItem } = await get(emulator);
  expect([ContactItem, GroupItem]).toMatchObject([[to("bob")], [{ GroupName: "b" }]]);
  expect(ContactItem).toHaveLength(1);
});

test("rejects them when the setting says so, and names the place", async () => {
  const emulator = emulate({ unknownFields: "reject" });
  await create(emulator, "a");
  const responses = [
    [await call(emulator, "getContactGroup", { From_Account: "ann", StartIndex: 0, Page: 1 }), "The body"],
    [await create(emulator, "b", [{ ...to("bob"), Foo: null } as never]), "/GroupContactItem/0/ContactItem/0"],
    [await mark(emulator, { ...custom(to("bob"), "x"), SetMark: [0] }), "/MarkItem/0"],
    [await regroup(emulator, "a", { ...added(to("bob")), Foo: 1 }), "/UpdateGroup/ContactUpdateItem/0"],
    [
      await update(emulator, { UpdateGroupType: 1, OldGroupName: "a", NewGroupName: "b", ContactUpdateItem: [] }),
      "/UpdateGroup",
    ],
  ] as const;
  for (const [response, place] of responses) {
    expect(response).toMatchObject(rejected);
    expect(response.ErrorInfo).toContain(`${place} must not have the field`);
  }
  expect(await rename(emulator, "a", "c")).toMatchObject({ ErrorCode: 0 });
});
