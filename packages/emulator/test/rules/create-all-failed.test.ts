import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { at, codes, create, emulate, get, to } from "../call.ts";

const { UserNotImported, ChatGroupUnavailable } = errorCodes;

test("creates an empty group when each of its conversations fails", async () => {
  const emulator = emulate();
  const body = await create(emulator, "family", [to("nobody"), at("@TGS#gone")]);
  expect(body).toMatchObject({ ActionStatus: "OK", ErrorCode: 0 });
  expect(codes(body)).toEqual([UserNotImported, ChatGroupUnavailable]);
  expect(await get(emulator)).toMatchObject({ ContactItem: [], GroupItem: [{ GroupName: "family", GroupId: 1 }] });
});
