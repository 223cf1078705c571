import { expect, test } from "vitest";
import { bits, call, codes, create, emulate, failure, get, mark, to } from "../call.ts";

const rejected = failure("InvalidRequestParameter", "request.null-fields");
const withoutList = { From_Account: "ann", GroupContactItem: [{ GroupName: "a", ContactItem: null }] };

test("reads null in a field that can be omitted as if the field were missing", async () => {
  const emulator = emulate();
  const created = await call(emulator, "createContactGroup", withoutList);
  expect(created["GroupResultItem"]).toEqual([{ GroupItem: { GroupName: "a", GroupId: 1 }, ResultItem: [] }]);
  expect(codes(await mark(emulator, { ...bits(to("bob"), [0]), ClearMark: null, CustomMark: null }))).toEqual([0]);
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ StandardMark: "1" }]);
});

test("counts a list that is null as empty where the setting emptyCreate rejects that", async () => {
  const response = await call(emulate({ emptyCreate: "reject" }), "createContactGroup", withoutList);
  expect(response).toMatchObject(failure("InvalidConversationCount", "create.empty-list"));
});

test.each([
  ["getContactGroup", { From_Account: "ann", StartIndex: null }, "/StartIndex must be an integer, but is null"],
  ["searchContactGroup", { From_Account: "ann", ContactItem: null }, "/ContactItem must be an array, but is null"],
  ["searchContactGroup", { From_Account: "ann", ContactItem: [null] }, "/ContactItem/0 must be an object, but is null"],
  [
    "createContactGroup",
    { From_Account: "ann", GroupContactItem: [{ GroupName: null }] },
    "GroupName must be a string",
  ],
] as const)("rejects null in a field that is required: %s %j", async (operation, body, why) => {
  const response = await call(emulate(), operation, body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "request.body"));
  expect(response.ErrorInfo).toContain(why);
});

test("rejects null when the setting says so, and names the place", async () => {
  const emulator = emulate({ nullFields: "reject" });
  const created = await call(emulator, "createContactGroup", withoutList);
  expect(created).toMatchObject(rejected);
  expect(created.ErrorInfo).toContain("/GroupContactItem/0/ContactItem must be an array, but is null");
  expect(await mark(emulator, { ...bits(to("bob"), [0]), ClearMark: null })).toMatchObject(rejected);
});

test("is about the other ID and other marks too, whichever settings they have", async () => {
  const emulator = emulate({ bothIds: "reject", unknownFields: "reject" });
  expect(codes(await create(emulator, "a", [{ ...to("bob"), ToGroupId: null } as never]))).toEqual([0]);
  expect(codes(await mark(emulator, { ...bits(to("bob"), [0]), CustomMark: null }))).toEqual([0]);
  expect(await call(emulator, "getContactGroup", { From_Account: "ann", StartIndex: 0, Page: null })).toMatchObject(
    failure("InvalidRequestParameter", "request.unknown-fields"),
  );
});
