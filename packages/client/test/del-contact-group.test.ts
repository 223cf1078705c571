import { errorCodes, successExamples } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { deleteContactGroup } from "../src/index.ts";
import { createMockClient } from "../src/testing.ts";
import { rejection } from "./respond.ts";

const request = { From_Account: "user15", GroupName: "family" };

test("deletes one conversation group by its name", async () => {
  const client = createMockClient();
  client.mock.next("delContactGroup", { example: "OneGroup" });
  expect(await deleteContactGroup(client, request)).toEqual(successExamples.delContactGroup.OneGroup);
  expect(client.mock.calls).toMatchObject([{ body: { ...request, GroupName: ["family"] } }]);
});

test("is not retried after a broken connection, since a second deletion fails", async () => {
  const client = createMockClient({ retry: {} });
  client.mock.always("delContactGroup", { network: true });
  expect(await rejection(deleteContactGroup(client, request))).toMatchObject({ name: "NetworkError", attempts: 1 });
});

test.each([
  ["an empty name", { ...request, GroupName: "" }, "/GroupName"],
  ["no name", { From_Account: "user15" }, "/GroupName"],
  ["a list of names", { ...request, GroupName: ["family"] }, "/GroupName"],
  ["no owner", { GroupName: "family" }, "/From_Account"],
  ["nothing", undefined, "/From_Account"],
])("rejects %s by a pointer into what the caller gave", async (_, given, pointer) => {
  const client = createMockClient();
  const error = await rejection(deleteContactGroup(client, given as never));
  expect(error).toMatchObject({ name: "InvalidArgumentError", pointer });
  expect((error as Error).message).not.toContain("/GroupName/0");
  expect(client.mock.calls).toEqual([]);
});

test("fails with 51009 if there is no such group", async () => {
  const client = createMockClient();
  client.mock.next("delContactGroup", { error: errorCodes.ConversationGroupNotFound });
  expect(await rejection(deleteContactGroup(client, request))).toMatchObject({ code: 51009, name: "RequestError" });
});
