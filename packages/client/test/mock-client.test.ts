import { expect, test } from "vitest";
import { ApiError, HttpError, InvalidArgumentError, NetworkError, ProtocolError } from "../src/index.ts";
import { errorCodes, failureNames, limits, operations } from "@contact-groups/openapi/model";
import { createMockClient, requestExamples, successExamples, type MockResponse } from "../src/testing.ts";
import { declared } from "../src/declared.ts";
import { rejection } from "./respond.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const family = { From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] };
const one = { From_Account: "user15", ContactItem: [{ Type: 1 as const, To_Account: "user0" }] };

test("responds to each operation with its first success example by default", async () => {
  const client = createMockClient();
  expect(await client.createContactGroup(family)).toMatchObject(successExamples.createContactGroup.TwoConversations);
  expect(await client.getContactGroup(page)).toEqual(successExamples.getContactGroup.OnlyPage);
  expect(await client.searchContactGroup(one)).toMatchObject(successExamples.searchContactGroup.TwoConversations);
});

test("responds with the responses of next in turn, then with that of always", async () => {
  const client = createMockClient();
  client.mock.always("getContactGroup", { error: "InternalFailure" });
  client.mock.next("getContactGroup", { example: "FirstOfTwoPages" }, { example: "LastOfTwoPages" });
  client.mock.next("getContactGroup", { example: "OnlyPage2023" });
  const { FirstOfTwoPages, LastOfTwoPages, OnlyPage2023 } = successExamples.getContactGroup;
  for (const expected of [FirstOfTwoPages, LastOfTwoPages, OnlyPage2023])
    expect(await client.getContactGroup(page)).toEqual(expected);
  for (const _ of [1, 2]) expect(await rejection(client.getContactGroup(page))).toHaveProperty("code", 50004);
});

test("responses for one operation do not change the others", async () => {
  const client = createMockClient();
  client.mock.next("getContactGroup", { status: 502 });
  await client.createContactGroup(family);
  expect(await rejection(client.getContactGroup(page))).toBeInstanceOf(HttpError);
});

test.each(Object.keys(failureNames) as (keyof typeof failureNames)[])(
  "%s fails with every failure of the catalogue, by example and by name",
  async (operation) => {
    const client = createMockClient();
    const [request] = Object.values(requestExamples[operation]);
    const call = () => (client[operation] as (request: unknown) => Promise<unknown>)(request);
    for (const name of failureNames[operation]) {
      if (declared[operation].batch?.itemErrors?.includes(errorCodes[name])) {
        client.mock.always(operation, { example: name });
        expect(await call()).toHaveProperty("failures.0.ResultCode", errorCodes[name]);
        continue;
      }
      client.mock.next(operation, { example: name }, { error: name });
      const [byExample, byName] = [await rejection(call()), await rejection(call())];
      expect(byExample).toBeInstanceOf(ApiError);
      expect(byName).toMatchObject({ code: (byExample as ApiError).code, info: (byExample as ApiError).info });
    }
  },
);

test("fails with an ErrorCode, known or not, and with the ErrorInfo given", async () => {
  const client = createMockClient();
  client.mock.next("createContactGroup", { error: 51010 }, { error: 99999 }, { error: 51010, info: "21 groups" });
  expect(await rejection(client.createContactGroup(family))).toMatchObject({
    code: 51010,
    info: expect.stringContaining(String(limits.groupsPerUser.maximum)),
  });
  expect(await rejection(client.createContactGroup(family))).toMatchObject({ code: 99999, info: "" });
  expect(await rejection(client.createContactGroup(family))).toMatchObject({ code: 51010, info: "21 groups" });
});

test("responds with a body, a status, a text, a lost connection, or by the request's body", async () => {
  const client = createMockClient();
  const body = { ...successExamples.getContactGroup.OnlyPage, CompleteFlag: 1 as const, ContactItem: [] };
  client.mock.next(
    "getContactGroup",
    { body },
    { status: 502 },
    { status: 200, text: '{"ActionStatus":"OK' },
    { network: true },
    { network: "ECONNREFUSED" },
    ({ StartIndex }, { operation }) => ({ error: 51000 + StartIndex, info: operation }),
    async () => ({ example: "OnlyPage" }),
  );
  const failure = () => rejection(client.getContactGroup({ ...page, StartIndex: 13 }));
  expect(await client.getContactGroup(page)).toEqual(body);
  expect(await failure()).toMatchObject({ name: "HttpError", status: 502 });
  expect(await failure()).toBeInstanceOf(ProtocolError);
  expect(await failure()).toMatchObject({ name: "NetworkError", message: expect.stringContaining("ECONNRESET") });
  expect(await failure()).toMatchObject({ name: "NetworkError", message: expect.stringContaining("ECONNREFUSED") });
  expect(await failure()).toMatchObject({ code: 51013, info: "getContactGroup" });
  expect(await client.getContactGroup(page)).toEqual(successExamples.getContactGroup.OnlyPage);
});

test("an error of a function of the body is the cause of a NetworkError", async () => {
  const client = createMockClient();
  const cause = new Error("not expected");
  client.mock.always("getContactGroup", () => {
    throw cause;
  });
  const error = await rejection(client.getContactGroup(page));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toHaveProperty("cause", cause);
});

test("a call without a response ends with its signal", async () => {
  const client = createMockClient();
  const reason = new Error("enough");
  const controller = new AbortController();
  client.mock.next("getContactGroup", () => {
    queueMicrotask(() => controller.abort(reason));
    return { timeout: true };
  });
  expect(await rejection(client.getContactGroup(page, { signal: controller.signal }))).toBe(reason);
});

test("records operation, body and query of each request in order, without credentials", async () => {
  const client = createMockClient({ identifier: "someone", userSig: "eJw-secret", random: () => 7 });
  await client.getContactGroup(page);
  await client.createContactGroup(requestExamples.createContactGroup.OneConversation);
  expect(client.mock.calls).toEqual([
    { operation: "getContactGroup", body: page, query: { random: "7", contenttype: "json" } },
    {
      operation: "createContactGroup",
      body: requestExamples.createContactGroup.OneConversation,
      query: { random: "7", contenttype: "json" },
    },
  ]);
});

test("reset forgets responses and calls", async () => {
  const client = createMockClient();
  client.mock.always("getContactGroup", { error: 60004 });
  client.mock.next("getContactGroup", { error: 60004 }, { error: 60004 });
  await rejection(client.getContactGroup(page));
  client.mock.reset();
  expect(client.mock.calls).toEqual([]);
  expect(await client.getContactGroup(page)).toEqual(successExamples.getContactGroup.OnlyPage);
  expect(client.mock.calls).toHaveLength(1);
});

test("checks requests as any client does", async () => {
  const client = createMockClient();
  await expect(client.createContactGroup({ From_Account: "user15" } as never)).rejects.toThrow(InvalidArgumentError);
  expect(client.mock.calls).toEqual([]);
});

const mistakes: [title: string, response: unknown, message: string][] = [
  ["an example of another operation", { example: "TwoConversations" }, "OnlyPage, OnlyPage2023, FirstOfTwoPages"],
  ["an unknown example", { example: "Onlypage" }, ', but is "Onlypage"'],
  ["an error's name of another operation", { error: "GroupNameTooLong" }, "UserNotImported, InvalidRequestParameter"],
  ["ErrorCode 0", { error: 0 }, "an ErrorCode other than 0"],
  ["nothing", undefined, "example, error, body, status, network or timeout"],
  ["an empty object", {}, "example, error, body, status, network or timeout"],
];

test.each(mistakes)("rejects %s immediately", (_, response, message) => {
  const { mock } = createMockClient();
  for (const give of [mock.next, mock.always]) {
    expect(() => give("getContactGroup", response as MockResponse<"getContactGroup">)).toThrow(InvalidArgumentError);
    expect(() => give("getContactGroup", response as MockResponse<"getContactGroup">)).toThrow(message);
  }
});

test("rejects an unknown operation and lists the known operations", () => {
  const { mock } = createMockClient();
  const unknown = "deleteContactGroup" as "getContactGroup";
  for (const give of [() => mock.next(unknown), () => mock.always(unknown, { error: 60004 })])
    expect(give).toThrow(`one of ${Object.keys(operations).join(", ")}, but is`);
});

test("rejects a status that is not an HTTP status", () => {
  expect(() => createMockClient().mock.next("getContactGroup", { status: 20 })).toThrow(
    "status must be an HTTP status from 200 to 599, but is 20",
  );
});
