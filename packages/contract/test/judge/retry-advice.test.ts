import { errorCodes } from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import { judge } from "../../src/index.ts";
import { catalogue, operations } from "../../src/operations.ts";
import { broken, page, recorded, type Said } from "./recorded.ts";

const calls = (...said: readonly Said[]): number[] => broken("retry-advice", ...said).map(([call]) => call);
const create: Said = {
  operation: "createContactGroup",
  body: { From_Account: "user_0001", GroupContactItem: [{ GroupName: "family" }] },
};
const codes = (retry: string): number[] => catalogue.filter((entry) => entry.retry === retry).map(({ code }) => code);

test.each(codes("never"))("%i must not be retried", (code) => {
  expect(calls({ code }, {})).toEqual([1]);
});

test.each(codes("backoff"))("%i allows a retry, of a create only after a read", (code) => {
  expect(calls({ code }, {})).toEqual([]);
  expect(calls({ ...create, code }, create)).toEqual([1]);
  expect(calls({ ...create, code }, {}, create)).toEqual([]);
});

test.each(codes("refresh-usersig"))("%i must be retried only with a new UserSig", (code) => {
  expect(calls({ code, userSig: 1 }, { userSig: 1 })).toEqual([1]);
  expect(calls({ code, userSig: 1 }, { userSig: 2 })).toEqual([]);
});

const throttled = catalogue.filter(({ retry }) => retry === "throttle");

test.each(throttled.filter(({ retryAfterSeconds }) => retryAfterSeconds !== undefined))(
  "$code must be retried only after its waiting time",
  ({ code, retryAfterSeconds = 0 }) => {
    const almostMs = Math.min(retryAfterSeconds * 1000 - 1, 9000);
    expect(calls({ code }, { at: almostMs })).toEqual([1]);
    expect(calls({ ...create, code }, { ...create, at: almostMs })).toEqual([1]);
    expect(calls({ code }, { at: retryAfterSeconds * 1000 })).toEqual([]);
  },
);

describe.each(throttled.filter(({ retryAfterSeconds }) => retryAfterSeconds === undefined))(
  "$code, which has no waiting time",
  ({ code }) => {
    test("must be retried only after a wait", () => {
      expect(calls({ code, durationMs: 3 }, { at: 7 })).toEqual([1]);
      expect(calls({ ...create, code }, { ...create, at: 0 })).toEqual([1]);
      expect(calls({ code }, { at: 125 })).toEqual([]);
    });

    test("allows three retries within the time span of the rate", () => {
      const retries = (...at: readonly number[]): number[] =>
        broken("retry-advice", { code }, ...at.map((time) => ({ code, at: time }))).map(([call]) => call);
      expect(retries(125, 375, 875)).toEqual([]);
      expect(retries(125, 375, 875, 999)).toEqual([4]);
      expect(retries(125, 375, 875, 1875, 2875)).toEqual([]);
    });
  },
);

describe("a request that fails again and again", () => {
  const again = (count: number, said: Said): Said[] =>
    Array.from({ length: count }, (_, index) => ({ ...said, at: index * 1000 }));

  test("can be retried 10 times", () => {
    expect(calls(...again(11, { code: 60008 }))).toEqual([]);
    expect(calls(...again(11, { lost: true }))).toEqual([]);
  });

  test("is reported once, at its 11th retry", () => {
    expect(broken("retry-advice", ...again(150, { code: 60008 }))).toEqual([
      [
        11,
        "The request repeats call 10, which failed with 60008 ServiceTimeout, and is the retry number 11 of one request",
      ],
    ]);
    expect(calls(...again(150, { lost: true }))).toEqual([11]);
    expect(calls(...again(150, { code: 60018 }))).toEqual([11]);
  });

  test("is another request after a success", () => {
    expect(calls(...again(8, { code: 60008 }), { at: 8000 }, ...again(8, { code: 60008 }))).toEqual([]);
  });
});

describe.each(operations.filter(({ idempotent }) => !idempotent))("$operationId, which is not idempotent", (it) => {
  const { operationId: operation } = it;

  test("must not be retried after a lost response", () => {
    expect(broken("retry-advice", { operation, lost: true }, { operation })).toEqual([
      [1, "The request repeats call 0, which got no response from the service but may have run"],
    ]);
    expect(calls({ operation, lost: true }, {}, { operation })).toEqual([]);
  });

  test("must not be retried after a code that is not in the catalogue", () => {
    expect(calls({ operation, code: 99999 }, { operation })).toEqual([1]);
  });
});

test.each(operations.filter(({ idempotent }) => idempotent))(
  "$operationId, which is idempotent, can be retried",
  ({ operationId: operation }) => {
    expect(calls({ operation, lost: true }, { operation })).toEqual([]);
    expect(calls({ operation, code: 99999 }, { operation })).toEqual([]);
  },
);

const never = codes("never")[0] ?? 0;

describe("after a deletion", () => {
  const remove = (From_Account = "user_0001", code = 0): Said => ({
    operation: "delContactGroup",
    body: { From_Account, GroupName: ["family"] },
    code,
  });
  const full = { ...create, code: errorCodes.TooManyConversationGroups };
  const get = page(0);

  test("the groups can be read, created and deleted again", () => {
    expect(judge(recorded(create, get, remove(), get, { ...create }, get, remove(), get))).toEqual([]);
  });

  test("a rejected creation of the same user is sent again with another state", () => {
    expect(calls(full, remove(), create)).toEqual([]);
    expect(calls(remove(undefined, errorCodes.ConversationGroupNotFound), create, remove())).toEqual([]);
  });

  test.each<[string, readonly Said[]]>([
    ["that failed", [full, remove(undefined, errorCodes.ConversationGroupNotFound), create]],
    ["of another user's group", [full, remove("user_0002"), create]],
    ["that came before", [remove(), full, get, create]],
  ])("%s, it is sent again in vain", (_, said) => {
    expect(calls(...said)).toEqual([said.length - 1]);
  });

  test("an invalid request is still invalid", () => {
    const violation = { in: "body", pointer: "/GroupContactItem", rule: "type", code: never, message: "" } as const;
    expect(calls({ ...create, code: never, violations: [violation] }, remove(), create)).toEqual([2]);
  });
});

describe("does not count as a retry:", () => {
  test.each<[string, Said, Said]>([
    ["another body", { ...page(0), code: never }, page(0, "user_0002")],
    ["another operation", { code: never }, { operation: "searchContactGroup" }],
    ["another Prefer header", { code: never, prefer: "example=a" }, { prefer: "example=b" }],
    ["another step of the test", { code: never, step: 1 }, { step: 2 }],
    ["a success that is repeated", {}, {}],
    ["a call that began before the response", { code: never, durationMs: 50 }, { at: 49 }],
    ["a call more than 10 seconds later", { code: never }, { at: 10_001 }],
  ])("%s", (_title, first, second) => {
    expect(calls(first, second)).toEqual([]);
  });
});

test("a request with another random is a retry", () => {
  expect(calls({ code: never, random: "1" }, { random: "2" })).toEqual([1]);
});

describe("a Retry-After header", () => {
  const asking = (header: string, said: Said = { code: 60007 }): Said => ({
    ...said,
    durationMs: 10,
    responseHeaders: { "retry-after": header },
  });

  test.each<[string, Said]>([
    ["of a throttled call", asking("3")],
    ["with a date", asking("Thu, 01 Jan 1970 00:00:03 GMT")],
    ["of a proxy", asking("3", { lost: true })],
    ["of a transient failure", asking("3", { code: 60008 })],
  ])("%s is a waiting time", (_title, failed) => {
    expect(calls(failed, { at: 2000 })).toEqual([1]);
    expect(calls(failed, { at: 3010 })).toEqual([]);
  });

  test("that is no time is ignored", () => {
    expect(calls(asking("soon", { code: 60008 }), { at: 20 })).toEqual([]);
  });
});

test("reports each retry", () => {
  expect(calls({ code: never }, { code: never }, { code: never })).toEqual([1, 2]);
});

test("a call of the option steps is no retry", () => {
  const twice = recorded({ code: never }, {}, {});
  expect(judge(twice).map(({ call }) => call)).toEqual([1]);
  expect(judge(twice, { steps: [1] })).toEqual([]);
  expect(judge(twice, { steps: [2] }).map(({ call }) => call)).toEqual([1]);
});
