import { describe, expect, test } from "vitest";
import type {
  ContactUpdateItem,
  UpdateContactGroupOk,
  UpdateContactGroupRequest,
} from "@contact-groups/openapi/bodies";
import { errorCodes, requestBodies, successExamples } from "@contact-groups/openapi/model";
import {
  addToContactGroup,
  BatchError,
  c2c,
  g2c,
  InvalidArgumentError,
  PartialFailureError,
  removeFromContactGroup,
  renameContactGroup,
} from "../src/index.ts";
import { createMockClient, type MockClientOptions } from "../src/testing.ts";
import { rejection } from "./respond.ts";
import { ok } from "./service.ts";

const From_Account = "user15";
const most = requestBodies.updateContactGroup.fields.UpdateGroup.alternatives[1].fields.ContactUpdateItem.maxItems;
const many = Array.from({ length: 2 * most + 1 }, (_, index) => c2c(`user${index}`));
const members = { From_Account, GroupName: "family", ContactItem: many };

test("renames a conversation group by one call", async () => {
  const client = createMockClient();
  client.mock.next("updateContactGroup", { example: "Rename" });
  const result = await renameContactGroup(client, { From_Account, OldGroupName: "a", NewGroupName: "b" });
  expect(result).toEqual({ ...successExamples.updateContactGroup.Rename, failures: [] });
  const UpdateGroup = { UpdateGroupType: 1, OldGroupName: "a", NewGroupName: "b" };
  expect(client.mock.calls.map(({ body }) => body)).toEqual([{ From_Account, UpdateType: 1, UpdateGroup }]);
});

test.each([
  ["addToContactGroup", addToContactGroup, 1],
  ["removeFromContactGroup", removeFromContactGroup, 2],
])("%s sends any number of conversations in order, one part after the other", async (_, change, ContactOptType) => {
  const client = service();
  const { UpdateGroupResult, failures } = await change(client, members);
  const sent = client.mock.calls.map(({ body }) => itemsOf(body as UpdateContactGroupRequest));
  expect(sent.map(({ length }) => length)).toEqual([most, most, 1]);
  expect(sent.flat()).toEqual(many.map((ContactItem) => ({ ContactOptType, ContactItem })));
  expect(UpdateGroupResult.ContactResultItem?.map(({ ContactItem }) => ContactItem)).toEqual(many);
  expect(failures).toEqual([]);
});

describe("client.updateContactGroup", () => {
  const change = (...ContactUpdateItem: ContactUpdateItem[]): UpdateContactGroupRequest => ({
    From_Account,
    UpdateType: 1,
    UpdateGroup: { UpdateGroupType: 2, OldGroupName: "family", ContactUpdateItem },
  });
  const add = (id: string) => ({ ContactOptType: 1 as const, ContactItem: c2c(id) });
  const remove = (id: string) => ({ ContactOptType: 2 as const, ContactItem: c2c(id) });
  const lost = { ...add("b"), ResultCode: errorCodes.UserNotImported, ResultInfo: "" };
  const ContactResultItem = [lost, { ...remove("a"), ResultCode: 0, ResultInfo: "" }];
  const { UpdateGroupResult } = successExamples.updateContactGroup.PartialFailure;
  const body = {
    ...successExamples.updateContactGroup.PartialFailure,
    UpdateGroupResult: { ...UpdateGroupResult, ContactResultItem },
  };

  test("lists the items that failed, with their pointer in the request", async () => {
    const client = createMockClient();
    client.mock.next("updateContactGroup", { body });
    const { failures } = await client.updateContactGroup(change(remove("a"), add("b")));
    expect(failures).toEqual([{ ...lost, pointer: "/UpdateGroup/ContactUpdateItem/1" }]);
  });

  test("throws them with throwOnPartialFailure", async () => {
    const client = createMockClient({ throwOnPartialFailure: true });
    client.mock.next("updateContactGroup", { body });
    const error = await rejection(client.updateContactGroup(change(remove("a"), add("b"))));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({ operation: "updateContactGroup", failures: [{ ResultCode: lost.ResultCode }] });
  });

  test("sends a long list in its order, one part after the other", async () => {
    const client = createMockClient();
    const items = many.map(({ To_Account }, index) => (index % 2 === 0 ? add(To_Account) : remove(To_Account)));
    const respond = service.respond([]);
    let running = 0;
    client.mock.always("updateContactGroup", async (request) => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return respond(request);
    });
    const result = await client.updateContactGroup(change(...items));
    expect(client.mock.calls.flatMap((call) => itemsOf(call.body as UpdateContactGroupRequest))).toEqual(items);
    expect(client.mock.calls.map((call) => itemsOf(call.body as UpdateContactGroupRequest).length)).toEqual([
      most,
      most,
      1,
    ]);
    expect(result.UpdateGroupResult.ContactResultItem?.map(({ ContactItem }) => ContactItem)).toEqual(many);
  });

  test.each(["TooManyConversations", "InternalFailure"] as const)("sends no part after one with %s", async (name) => {
    const client = service();
    client.mock.next("updateContactGroup", service.respond([]), { error: name });
    const error = await rejection(addToContactGroup(client, members));
    expect(error).toMatchObject({ name: "BatchError", code: errorCodes[name] });
    expect(client.mock.calls).toHaveLength(2);
  });

  test("rejects an empty change, as the service does", async () => {
    const client = createMockClient();
    const error = await rejection(client.updateContactGroup(change()));
    expect(error).toMatchObject({ pointer: "/UpdateGroup/ContactUpdateItem" });
    expect(client.mock.calls).toEqual([]);
  });

  test("rejects a concurrency, since its parts are made in their order", async () => {
    const client = createMockClient();
    const error = await rejection(client.updateContactGroup(change(add("a")), { concurrency: 2 } as object));
    expect(error).toMatchObject({ name: "InvalidArgumentError", argument: "concurrency" });
    expect(client.mock.calls).toEqual([]);
  });
});

describe("the pointer of a conversation that failed leads into the caller's list", () => {
  const lost = [most - 1, most, 2 * most];
  const pointers = lost.map((index) => `/ContactItem/${index}`);

  test("in the failures of all parts", async () => {
    const { failures } = await addToContactGroup(service({}, lost), members);
    expect(failures.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(failures.map(({ ContactItem }) => ContactItem)).toEqual(lost.map((index) => many[index]));
  });

  test("where a later part names it again, and the response to the first lacks its list", async () => {
    const client = service();
    const bare: unknown = { ...ok, UpdateType: 1, UpdateGroupResult: {} };
    client.mock.next("updateContactGroup", { body: bare as UpdateContactGroupOk }, service.respond([0]));
    const ContactItem = [...many.slice(0, most), many[0]!];
    const { failures } = await addToContactGroup(client, { ...members, ContactItem });
    expect(failures.map(({ pointer }) => pointer)).toEqual([`/ContactItem/${most}`]);
  });

  test("in a PartialFailureError", async () => {
    const client = service({ throwOnPartialFailure: true }, lost);
    const error = await rejection(removeFromContactGroup(client, members));
    if (!(error instanceof PartialFailureError)) throw error;
    expect(error.message).toBe(
      `updateContactGroup failed for 3 of ${many.length} items: ${errorCodes.UserNotImported}`,
    );
    expect(error.failures.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(error.result.failures).toBe(error.failures);
  });

  test("in a BatchError, whose missing items were not sent or have no result", async () => {
    const client = service({}, lost);
    client.mock.next("updateContactGroup", service.respond(lost), { error: "InternalFailure" });
    const error = await rejection(addToContactGroup(client, members));
    if (!(error instanceof BatchError && error.operation === "updateContactGroup")) throw error;
    expect(error.code).toBe(errorCodes.InternalFailure);
    expect(error.partial.failures).toMatchObject([{ pointer: `/ContactItem/${most - 1}` }]);
    expect(error.missing.map(({ ContactItem }) => ContactItem)).toEqual(many.slice(most));
    expect(client.mock.calls).toHaveLength(2);
  });
});

describe("rejects before anything is sent", () => {
  const long = "x".repeat(65);
  test.each<[string, object, string]>([
    ["no conversation", { ContactItem: [] }, "/ContactItem must have at least 1 item, but has 0"],
    ["no list", { ContactItem: undefined }, "/ContactItem is required, but is missing"],
    ["a conversation for the list", { ContactItem: c2c("a") }, "/ContactItem must be an array, but is an object"],
    [
      "a conversation without a name, far down the list",
      { ContactItem: many.with(150, c2c("")) },
      "/ContactItem/150/To_Account must have at least 1 character, but has 0",
    ],
    [
      "a field of another type of conversation",
      { ContactItem: [c2c("a"), { ...g2c("b"), To_Account: "a" }] },
      '/ContactItem/1 must not have the field "To_Account" where Type is 2',
    ],
    ["a hole in the list", { ContactItem: [undefined] }, "/ContactItem/0 is required, but is missing"],
    ["null in the list", { ContactItem: [null] }, "/ContactItem/0 must be an object, but is null"],
    ["a long group name", { GroupName: long }, "/GroupName must have at most 64 characters, but has 65"],
    ["no owner", { From_Account: "" }, "/From_Account must have at least 1 character, but has 0"],
  ])("%s", async (_, wrong, message) => {
    const client = createMockClient();
    const error = await rejection(addToContactGroup(client, { ...members, ...wrong }));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    const pointer = expect.stringContaining(message.split(" ")[0]!);
    expect(error).toMatchObject({ message, pointer, operation: "updateContactGroup" });
    expect(client.mock.calls).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ["no request", undefined, "/From_Account is required, but is missing"],
    ["no new name", { From_Account, OldGroupName: "a" }, "/NewGroupName is required, but is missing"],
    [
      "a long old name",
      { From_Account, OldGroupName: long, NewGroupName: "b" },
      "/OldGroupName must have at most 64 characters, but has 65",
    ],
  ])("a rename with %s", async (_, request, message) => {
    const client = createMockClient();
    const error = await rejection(renameContactGroup(client, request as never));
    expect(error).toMatchObject({ name: "InvalidArgumentError", message, pointer: message.split(" ")[0] });
    expect(client.mock.calls).toEqual([]);
  });
});

test("throws any other error of the client as it is", async () => {
  const client = createMockClient();
  client.mock.next("updateContactGroup", { error: "ConversationGroupNotFound" });
  const request = { From_Account, OldGroupName: "a", NewGroupName: "b" };
  expect(await rejection(renameContactGroup(client, request))).toMatchObject({
    name: "RequestError",
    code: errorCodes.ConversationGroupNotFound,
  });
  expect(await rejection(renameContactGroup(client, request, { timeoutMs: -1 }))).toMatchObject({
    argument: "timeoutMs",
    pointer: undefined,
  });
  const reason = new Error("no longer needed");
  expect(await rejection(renameContactGroup(client, request, { signal: AbortSignal.abort(reason) }))).toBe(reason);
});

test("retries nothing that may have run, unless the caller allows it", async () => {
  const client = createMockClient({ retry: {} });
  client.mock.always("updateContactGroup", { network: true });
  const request = { From_Account, OldGroupName: "a", NewGroupName: "b" };
  expect(await rejection(renameContactGroup(client, request))).toMatchObject({ name: "NetworkError", attempts: 1 });
  const retried = renameContactGroup(client, request, { retryUnsafe: true });
  expect(await rejection(retried)).toMatchObject({ name: "NetworkError", attempts: 3 });
});

function itemsOf({ UpdateGroup }: Pick<UpdateContactGroupRequest, "UpdateGroup">): ContactUpdateItem[] {
  return UpdateGroup.UpdateGroupType === 2 ? UpdateGroup.ContactUpdateItem : [];
}

/** A mock client that changes all conversations but those at these places of the list. */
function service(options: MockClientOptions = {}, lost: readonly number[] = []) {
  const client = createMockClient(options);
  client.mock.always("updateContactGroup", service.respond(lost));
  return client;
}
service.respond =
  (lost: readonly number[]) =>
  ({ UpdateGroup }: UpdateContactGroupRequest): { readonly body: UpdateContactGroupOk } => {
    const ContactResultItem = itemsOf({ UpdateGroup }).map((item) => {
      const isLost = lost.some(
        (index) => many[index]?.To_Account === (item.ContactItem as { To_Account?: string }).To_Account,
      );
      return { ...item, ResultCode: isLost ? errorCodes.UserNotImported : 0, ResultInfo: "" };
    });
    const { UpdateGroupType, OldGroupName } = UpdateGroup;
    const UpdateGroupResult = { UpdateGroupType, OldGroupName, GroupName: OldGroupName, GroupId: 1, ContactResultItem };
    return { body: { ...ok, UpdateType: 1, UpdateGroupResult } };
  };
