/** Reads every response field by its name, so that a field renamed in the description is noticed here. */
import { expect, test } from "vitest";
import { explain } from "../src/catalogue.ts";
import type { Conversation } from "@contact-groups/openapi/bodies";
import { declared } from "../src/declared.ts";
import { ApiError, type Client, type GroupItem, type MarkedConversation } from "../src/index.ts";
import {
  failureExamples,
  failureNames,
  operations,
  requestExamples,
  successExamples,
  type OperationId,
} from "@contact-groups/openapi/model";
import { respondWith, clientOf, rejection } from "./respond.ts";

/** Returns the results of the client for each success example of an operation. */
async function successes<Body>(operation: OperationId, call: (client: Client) => Promise<Body>): Promise<Body[]> {
  const bodies: readonly object[] = Object.values(successExamples[operation]);
  const results = await Promise.all(bodies.map((body) => call(clientOf(respondWith(body)))));
  expect(results).toMatchObject(bodies);
  expect(results.length).toBeGreaterThan(0);
  return results;
}

const create = (client: Client) =>
  client.createContactGroup({ From_Account: "user_0001", GroupContactItem: [{ GroupName: "group_0001" }] });
const get = (client: Client) => client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });
const search = (client: Client) =>
  client.searchContactGroup({ From_Account: "user_0001", ContactItem: [{ Type: 1, To_Account: "user_0002" }] });

function expectConversation(conversation: Conversation): void {
  expect(conversation.Type === 1 ? conversation.To_Account : conversation.ToGroupId).toBeTypeOf("string");
}

function expectGroup(group: GroupItem | undefined): void {
  expect(group?.GroupName).toBeTypeOf("string");
  expect(group?.GroupId).toBeTypeOf("number");
}

function expectMarked(conversations: readonly MarkedConversation[]): void {
  for (const conversation of conversations) {
    expectConversation(conversation);
    expect(conversation.StandardMark).toMatch(/^[01]*$/);
    expect(conversation.Timestamp).toBeTypeOf("number");
  }
  expect(conversations.some((conversation) => typeof conversation.CustomMark === "string")).toBe(true);
  expect(conversations.some((conversation) => (conversation.ContactGroupId ?? []).length > 0)).toBe(true);
  expect(conversations.some((conversation) => conversation.Type === 2)).toBe(true);
}

test("createContactGroup returns the group and each conversation's result", async () => {
  const bodies = await successes("createContactGroup", create);
  const groups = bodies.flatMap((body) => body.GroupResultItem);
  const results = groups.flatMap((group) => group.ResultItem ?? []);
  for (const group of groups) expectGroup(group.GroupItem);
  for (const result of results) expectConversation(result.ContactItem);
  expect(results.some((result) => result.ResultCode === 0 && result.ResultInfo === "")).toBe(true);
  expect(results.some((result) => result.ResultCode !== 0 && result.ResultInfo !== "")).toBe(true);
  expect(bodies.some((body) => body.ErrorDisplay === "")).toBe(true);
});

test("getContactGroup returns conversations, group names and the start of the next page", async () => {
  const bodies = await successes("getContactGroup", get);
  expectMarked(bodies.flatMap((body) => body.ContactItem ?? []));
  bodies.flatMap((body) => body.GroupItem ?? []).forEach(expectGroup);
  expect(bodies.some((body) => body.CompleteFlag === 1)).toBe(true);
  expect(bodies.some((body) => body.CompleteFlag === 0 && Number(body.NextStartIndex) > 0)).toBe(true);
});

test("searchContactGroup returns the conversations found and group names", async () => {
  const bodies = await successes("searchContactGroup", search);
  expectMarked(bodies.flatMap((body) => body.ContactResultItem));
  bodies.flatMap((body) => body.GroupItem ?? []).forEach(expectGroup);
  expect(bodies.every((body) => body.ActionStatus === "OK" && body.ErrorCode === 0 && body.ErrorInfo === "")).toBe(
    true,
  );
});

const operationIds = Object.keys(operations) as OperationId[];

/** Calls any operation with its first example. */
function callAny(operation: OperationId): (client: Client) => Promise<object> {
  const [request] = Object.values(requestExamples[operation]);
  return (client) => (client[operation] as (request: unknown) => Promise<object>)(request);
}

test.each(operationIds)("%s returns each of its success examples", async (operation) => {
  const bodies = await successes(operation, callAny(operation));
  expect(bodies).toHaveLength(Object.keys(successExamples[operation]).length);
});

test.each(operationIds)(
  "%s throws each failure example as an ApiError, or has it for a single item",
  async (operation) => {
    const call = callAny(operation);
    const failures = failureNames[operation].map((name) => failureExamples[name]);
    expect(failures.length).toBeGreaterThan(0);
    await Promise.all(
      failures.map(async ([ErrorCode, ErrorInfo]) => {
        const body = { ActionStatus: "FAIL", ErrorCode, ErrorInfo };
        const called = call(clientOf(respondWith(body), { retry: false, rateLimit: false }));
        if (declared[operation].batch?.itemErrors?.includes(ErrorCode)) {
          const single = { ResultCode: ErrorCode, ResultInfo: ErrorInfo };
          expect(await called).toMatchObject({ failures: expect.arrayContaining([expect.objectContaining(single)]) });
          return;
        }
        const error = await rejection(called);
        expect(error).toBeInstanceOf(ApiError);
        expect(error).toMatchObject({ operation, code: ErrorCode, info: ErrorInfo });
        expect(explain((error as ApiError).code)?.operations).toContain(operation);
      }),
    );
  },
);
