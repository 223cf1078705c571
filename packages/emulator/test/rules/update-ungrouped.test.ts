import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { at, codes, create, emulate, get, mark, custom, regroup, removed, to } from "../call.ts";

const others = [to("cat"), to("nobody"), at("@TGS#missing")].map(removed);

test("changes nothing for a conversation that is not in the group, whether or not its other side exists", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  await create(emulator, "work", [to("cat")]);
  await mark(emulator, custom(to("bob"), "x"));
  const before = emulator.snapshot();
  expect(codes(await regroup(emulator, "work", removed(to("bob"))))).toEqual([0]);
  expect(codes(await regroup(emulator, "family", ...others))).toEqual([0, 0, 0]);
  expect(emulator.snapshot()).toEqual(before);
});

test("fails that conversation when the setting says so, and removes the others", async () => {
  const emulator = emulate({ removeUngrouped: "item" });
  await create(emulator, "family", [to("bob")]);
  await create(emulator, "work", [to("cat")]);
  const response = await regroup(emulator, "family", ...others, removed(to("bob")), removed(to("bob")));
  const code = errorCodes.InvalidRequestParameter;
  expect(codes(response)).toEqual([code, code, code, 0, code]);
  expect(response["UpdateGroupResult"].ContactResultItem[0].ResultInfo).toContain(
    "[update.ungrouped] The conversation is not in the group 1",
  );
  expect((await get(emulator))["ContactItem"]).toMatchObject([{ ...to("cat"), ContactGroupId: [2] }]);
});
