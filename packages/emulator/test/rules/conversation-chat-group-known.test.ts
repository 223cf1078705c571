import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { at, create, emulate } from "../call.ts";

test("accepts a chat group that was not seeded when the setting is lenient, but not a disbanded one", async () => {
  const response = await create(emulate({ chatGroups: "lenient" }), "a", [at("@TGS#missing"), at("@TGS#gone")]);
  const codes = response["GroupResultItem"][0].ResultItem.map(({ ResultCode }: { ResultCode: number }) => ResultCode);
  expect(codes).toEqual([0, errorCodes.ChatGroupUnavailable]);
});
