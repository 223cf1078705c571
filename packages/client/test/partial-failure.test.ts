import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CreateContactGroupOk, CreateContactGroupRequest } from "@contact-groups/openapi/bodies";
import { c2c, g2c } from "../src/conversation.ts";
import { ContactGroupsError, PartialFailureError, ProtocolError } from "../src/errors.ts";
import { successExamples, requestExamples } from "@contact-groups/openapi/model";
import type { OperationResult, UntrustedObject } from "../src/declared.ts";
import { findFailures } from "../src/partial-failure.ts";
import { createMockClient } from "../src/testing.ts";
import { rejection } from "./respond.ts";
import { ok } from "./service.ts";

const request = requestExamples.createContactGroup.PartialFailure;
const oneFailed = successExamples.createContactGroup.PartialFailure;

describe("failures", () => {
  it("are the conversations with a ResultCode other than 0, with their place in the request", () => {
    expect(withFailures(oneFailed, request)).toEqual({
      ...oneFailed,
      failures: [
        {
          GroupName: "group_0003",
          ContactItem: g2c("@TGS#2DISBANDED"),
          ResultCode: 51007,
          ResultInfo: expect.stringContaining("disbanded"),
          pointer: "/GroupContactItem/0/ContactItem/1",
        },
      ],
    });
  });

  it("are an empty list where all conversations were added", () => {
    const { TwoConversations } = successExamples.createContactGroup;
    expect(withFailures(TwoConversations, requestExamples.createContactGroup.TwoConversations).failures).toEqual([]);
  });

  it.each([
    ["no GroupResultItem", {}],
    ["GroupResultItem null", { GroupResultItem: null }],
    ["no ResultItem", { GroupResultItem: [{}] }],
    ["ResultCode null", { GroupResultItem: [{ ResultItem: [{ ResultCode: null }] }] }],
    ["no ResultCode", { GroupResultItem: [{ ResultItem: [{ ContactItem: c2c("user0") }] }] }],
    ["ResultCode 0 as text", { GroupResultItem: [{ ResultItem: [{ ResultCode: "0" }] }] }],
  ])("are an empty list for a response with %s", (_, fields) => {
    expect(withFailures(weird(fields), request).failures).toEqual([]);
  });

  it("have the pointer of their conversation, in any order of the response", () => {
    const requested = creating(c2c("a"), c2c("b"), c2c("c"));
    expect(pointers(requested, c2c("c"), c2c("a"))).toEqual([2, 0]);
  });

  it("have the pointers of a conversation that is requested twice", () => {
    expect(pointers(creating(c2c("a"), g2c("a"), c2c("a")), c2c("a"), g2c("a"), c2c("a"))).toEqual([0, 1, 2]);
  });

  it("have the pointers of a conversation that is requested twice, also if the response lacks another one", () => {
    const requested = creating(c2c("a"), c2c("b"), c2c("c"), c2c("b"), c2c("c"));
    expect(pointers(requested, c2c("b"), c2c("c"), c2c("b"), c2c("c"))).toEqual([1, 2, 3, 4]);
  });

  it("have no pointer for a conversation that the request does not name", () => {
    expect(pointers(creating(c2c("a")), c2c("b"), {}, null)).toEqual([undefined, undefined, undefined]);
    expect(pointers({ From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] }, c2c("a"))).toEqual([
      undefined,
    ]);
  });

  it("have the group name of the response", () => {
    const GroupResultItem = [{ GroupItem: { GroupName: "renamed" }, ResultItem: [{ ResultCode: 51007 }] }];
    expect(withFailures(weird({ GroupResultItem }), request).failures).toMatchObject([{ GroupName: "renamed" }]);
  });

  it("have the request's group name where the response has none", () => {
    const result = withFailures(weird({ GroupResultItem: [{ ResultItem: [{ ResultCode: 51007 }] }] }), request);
    expect(result.failures).toMatchObject([{ GroupName: "group_0003" }]);
  });

  it("have a ResultCode that is a number, also where a gateway turned it into text", () => {
    const codes = ["51007", "many", {}, true].map((ResultCode) => ({ ResultCode }));
    const { failures } = withFailures(weird({ GroupResultItem: [{ ResultItem: codes }] }), request);
    expect(failures.map(({ ResultCode }) => ResultCode)).toEqual([51007, NaN, NaN, NaN]);
  });

  it("keep fields that the service adds to a conversation's result", () => {
    const GroupResultItem = [{ ResultItem: [{ ContactItem: c2c("a"), ResultCode: 1, ResultInfo: "", Later: 1 }] }];
    expect(withFailures(weird({ GroupResultItem }), request).failures).toMatchObject([{ Later: 1 }]);
  });

  it.each([[{ GroupResultItem: "none" }], [{ GroupResultItem: [3] }], [{ GroupResultItem: [{ ResultItem: {} }] }]])(
    "cannot be read from %j, which is a ProtocolError",
    (fields) => {
      expect(() => withFailures(weird(fields), request)).toThrow(ProtocolError);
    },
  );

  it("are a list or a typed error for any response and request", () => {
    const entry = fc.record(
      { ContactItem: fc.jsonValue(), ResultCode: fc.jsonValue(), ResultInfo: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const group = fc.record(
      { GroupItem: fc.jsonValue(), ResultItem: fc.oneof(fc.jsonValue(), fc.array(entry)) },
      { requiredKeys: [] },
    );
    const requested = fc.oneof(fc.jsonValue(), fc.array(fc.record({ ContactItem: fc.jsonValue() })));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(group)), requested, (GroupResultItem, GroupContactItem) => {
        try {
          const body = { From_Account: "user15", GroupContactItem } as unknown as CreateContactGroupRequest;
          expect(withFailures(weird({ GroupResultItem }), body).failures).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(ContactGroupsError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("throwOnPartialFailure", () => {
  it("throws failures as a PartialFailureError with the whole response", async () => {
    const error = await rejection(create(oneFailed, true));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toBeInstanceOf(ContactGroupsError);
    const result = withFailures(oneFailed, request);
    expect(error).toMatchObject({
      name: "PartialFailureError",
      operation: "createContactGroup",
      retryable: false,
      result,
    });
    expect(error).toMatchObject({ failures: result.failures });
    expect(String(error)).toContain("failed for 1 of 2 items: 51007");
  });

  it("throws nothing where all conversations were added", async () => {
    const result = await create(successExamples.createContactGroup.TwoConversations, true);
    expect(result.failures).toEqual([]);
  });

  it("is off by default", async () => {
    expect((await create(oneFailed)).failures).toHaveLength(1);
  });

  it("prints none of the service's texts with the error", async () => {
    const error = await rejection(create(oneFailed, true));
    for (const text of [JSON.stringify(error), inspect(error), String(error)]) expect(text).not.toContain("disbanded");
  });
});

/** A response that the types do not allow. */
function weird(fields: object): CreateContactGroupOk {
  return { ...ok, ...fields } as CreateContactGroupOk;
}

function creating(...ContactItem: (ReturnType<typeof c2c> | ReturnType<typeof g2c>)[]): CreateContactGroupRequest {
  return { From_Account: "user15", GroupContactItem: [{ GroupName: "family", ContactItem }] };
}

/** Places in the request of conversations that all failed. */
function pointers(requested: CreateContactGroupRequest, ...failed: readonly unknown[]): (number | undefined)[] {
  const ResultItem = failed.map((ContactItem) => ({ ContactItem, ResultCode: 51007, ResultInfo: "" }));
  const prefix = "/GroupContactItem/0/ContactItem/";
  return withFailures(weird({ GroupResultItem: [{ ResultItem }] }), requested).failures.map(({ pointer }) => {
    if (pointer === undefined) return undefined;
    expect(pointer.startsWith(prefix)).toBe(true);
    return Number(pointer.slice(prefix.length));
  });
}

function withFailures(response: object, requested: object) {
  const { result } = findFailures("createContactGroup", response as UntrustedObject, requested);
  return result as object as OperationResult<"createContactGroup">;
}

function create(body: CreateContactGroupOk, throwOnPartialFailure?: boolean) {
  const client = createMockClient({ throwOnPartialFailure });
  client.mock.next("createContactGroup", { body });
  return client.createContactGroup(request);
}
