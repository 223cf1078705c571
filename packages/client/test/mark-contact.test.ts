import { describe, expect, test } from "vitest";
import type { MarkContactOk, MarkContactRequest } from "@contact-groups/openapi/bodies";
import { bitFields, errorCodes, requestBodies } from "@contact-groups/openapi/model";
import {
  BatchError,
  c2c,
  InvalidArgumentError,
  markConversations,
  markItem,
  PartialFailureError,
  type MarkChange,
} from "../src/index.ts";
import { createMockClient, type MockClientOptions } from "../src/testing.ts";
import { rejection } from "./respond.ts";
import { ok } from "./service.ts";

const From_Account = "user15";
const user0 = c2c("user0");
const { bits } = bitFields.StandardMark;
const most = requestBodies.markContact.fields.MarkItem.maxItems;
const many = Array.from({ length: 2 * most + 1 }, (_, index) => c2c(`user${index}`));

describe("an item has", () => {
  test.each<[string, MarkChange, object]>([
    [
      "standard marks by name",
      { set: ["star"], clear: ["hide", "fold"] },
      { OptType: 1, SetMark: [0], ClearMark: [3, 2] },
    ],
    ["standard marks by bit", { set: [40, 63], clear: [0] }, { OptType: 1, SetMark: [40, 63], ClearMark: [0] }],
    ["each bit once, also by name and by number", { set: ["star", 0, "star", 40] }, { OptType: 1, SetMark: [0, 40] }],
    ["a custom mark", { CustomMark: "vip" }, { OptType: 2, CustomMark: "vip" }],
    ["an empty custom mark", { CustomMark: "" }, { OptType: 2, CustomMark: "" }],
    [
      "both kinds of marks",
      { clear: ["unread"], CustomMark: "vip" },
      { OptType: 3, ClearMark: [1], CustomMark: "vip" },
    ],
    [
      "no empty list next to a custom mark",
      { set: [], clear: [], CustomMark: "vip" },
      { OptType: 2, CustomMark: "vip" },
    ],
    ["no mark for empty lists", { set: [], clear: [] }, { OptType: 1 }],
  ])("%s", (_, marks, item) => {
    expect(markItem(user0, marks)).toEqual({ ContactItem: user0, ...item });
  });

  test("every mark that the description names, by its bit", () => {
    const names = Object.keys(bits) as (keyof typeof bits)[];
    expect(markItem(user0, { set: names })).toMatchObject({ SetMark: Object.values(bits) });
  });
});

describe("rejects", () => {
  const expected = '"star", "unread", "fold" or "hide", or a bit from 0 to 63';
  test.each<[string, unknown, string]>([
    ["a name that is misspelt", { set: ["stars"] }, `set[0] must be ${expected}, but is "stars"`],
    ["a name of every object", { set: ["toString"] }, `set[0] must be ${expected}, but is "toString"`],
    ["bit 64", { set: [0, 64] }, `set[1] must be ${expected}, but is 64`],
    ["a negative bit", { clear: [-1] }, `clear[0] must be ${expected}, but is -1`],
    ["half a bit", { clear: [1.5] }, `clear[0] must be ${expected}, but is 1.5`],
    ["a bit as text", { set: ["1"] }, `set[0] must be ${expected}, but is "1"`],
    ["undefined in the list", { set: [undefined, 1] }, `set[0] must be ${expected}, but is undefined`],
    ["a name for the list", { set: "star" }, 'set must be an array, but is "star"'],
    ["null for the list", { clear: null }, "clear must be an array, but is null"],
    [
      "a mark that is set and cleared",
      { set: ["star"], clear: ["hide", 0] },
      "clear[1] must be a mark that set does not have, but is 0",
    ],
    ["no marks", {}, "marks must be an object with set, clear or CustomMark, but is one without them"],
    ["nothing", undefined, "marks must be an object with set, clear or CustomMark, but is undefined"],
  ])("%s", async (_, marks, message) => {
    const thrown = await rejection((async () => markItem(user0, marks as never))());
    expect(thrown).toBeInstanceOf(InvalidArgumentError);
    expect(thrown).toMatchObject({ message, pointer: undefined });

    const client = createMockClient();
    const request = marks === undefined ? undefined : { From_Account, ContactItem: [user0], ...(marks as object) };
    const error = await rejection(markConversations(client, request as never));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ message: message.replace("marks", "request") });
    expect(client.mock.calls).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["no conversation", { ContactItem: [] }, "/ContactItem must have at least 1 item, but has 0"],
    ["no list", { ContactItem: undefined }, "/ContactItem is required, but is missing"],
    [
      "a conversation without a name, far down the list",
      { ContactItem: many.with(150, c2c("")) },
      "/ContactItem/150/To_Account must have at least 1 character, but has 0",
    ],
    ["a hole in the list", { ContactItem: [undefined] }, "/ContactItem/0 is required, but is missing"],
    ["a number as custom mark", { CustomMark: 1 }, "/CustomMark must be a string, but is 1"],
    [
      "a custom mark of 257 bytes",
      { CustomMark: "x".repeat(257) },
      "/CustomMark must have at most 256 characters, but has 257",
    ],
    ["no owner", { From_Account: "" }, "/From_Account must have at least 1 character, but has 0"],
  ])("%s before anything is sent", async (_, wrong, message) => {
    const client = createMockClient();
    const request = { From_Account, ContactItem: many, set: ["star"] as const, ...wrong };
    const error = await rejection(markConversations(client, request));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ message, pointer: message.split(" ")[0], operation: "markContact" });
    expect(client.mock.calls).toEqual([]);
  });
});

test("marks any number of conversations in order, one part after the other", async () => {
  const client = service();
  const result = await markConversations(client, { From_Account, ContactItem: many, set: ["star"], CustomMark: "vip" });
  const sent = client.mock.calls.map(({ body }) => (body as MarkContactRequest).MarkItem);
  expect(sent.map(({ length }) => length)).toEqual([most, most, 1]);
  expect(sent.flat()).toEqual(many.map((one) => ({ OptType: 3, ContactItem: one, SetMark: [0], CustomMark: "vip" })));
  expect(result.ResultItem.map(({ ContactItem }) => ContactItem)).toEqual(many);
  expect(result.failures).toEqual([]);
});

describe("the pointer of a conversation that failed leads into the caller's list", () => {
  const lost = [most - 1, most, 2 * most];
  const pointers = lost.map((index) => `/ContactItem/${index}`);
  const request = { From_Account, ContactItem: many, set: ["star"] } as const;

  test("in the failures of all parts", async () => {
    const { failures } = await markConversations(service({}, lost), request);
    expect(failures.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test("in a PartialFailureError", async () => {
    const error = await rejection(markConversations(service({ throwOnPartialFailure: true }, lost), request));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect((error as PartialFailureError).failures.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test("in a BatchError, whose missing items were not sent or got no response", async () => {
    const client = service({}, lost);
    client.mock.next("markContact", respond(lost), { error: "InternalFailure" });
    const error = (await rejection(markConversations(client, request))) as BatchError<"markContact">;
    expect(error).toBeInstanceOf(BatchError);
    expect(error.partial.failures.map(({ pointer }) => pointer)).toEqual([`/ContactItem/${most - 1}`]);
    expect(error.missing).toEqual(many.slice(most).map((one) => markItem(one, { set: ["star"] })));
  });
});

test("client.markContact keeps items that are about the same conversation", async () => {
  const client = service();
  const MarkItem = [markItem(user0, { set: ["star"] }), markItem(user0, { CustomMark: "vip" })];
  expect((await client.markContact({ From_Account, MarkItem })).ResultItem).toHaveLength(2);
  const twice = Array.from({ length: most }, () => MarkItem).flat();
  expect((await client.markContact({ From_Account, MarkItem: twice })).ResultItem).toHaveLength(2 * most);
  const sent = client.mock.calls.flatMap(({ body }) => (body as MarkContactRequest).MarkItem);
  expect(sent).toEqual([...MarkItem, ...twice]);
});

test("retries a part whose connection was lost", async () => {
  const client = service({ retry: {} });
  client.mock.next("markContact", respond([]), { network: true });
  const { failures } = await markConversations(client, { From_Account, ContactItem: many, set: ["star"] });
  expect(failures).toEqual([]);
  expect(client.mock.calls.map(({ body }) => (body as MarkContactRequest).MarkItem.length)).toEqual([
    most,
    most,
    most,
    1,
  ]);
  expect(client.mock.calls[2]?.body).toEqual(client.mock.calls[1]?.body);
});

/** A mock client that marks all conversations but those at these places of the list. */
function service(options: MockClientOptions = {}, lost: readonly number[] = []) {
  const client = createMockClient(options);
  client.mock.always("markContact", respond(lost));
  return client;
}

function respond(lost: readonly number[]) {
  const names = new Set(lost.map((index) => JSON.stringify(many[index])));
  return ({ MarkItem }: MarkContactRequest): { readonly body: MarkContactOk } => ({
    body: {
      ...ok,
      ResultItem: MarkItem.map(({ OptType, ContactItem }) => {
        const isLost = names.has(JSON.stringify(ContactItem));
        return { OptType, ContactItem, ResultCode: isLost ? errorCodes.UserNotImported : 0, ResultInfo: "" };
      }),
    },
  });
}
