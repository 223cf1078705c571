import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/operations.ts";
import { broken, page, type Said } from "./recorded.ts";

const calls = (...said: readonly Said[]): number[] => broken("retry-advice", ...said).map(([call]) => call);
const create: Said = { operation: "createContactGroup", body: { From_Account: "user_0001", GroupContactItem: [] } };
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

test.each(catalogue.filter(({ retry }) => retry === "throttle"))(
  "$code must be retried only after its waiting time",
  ({ code, retryAfterSeconds = 0 }) => {
    const waitedMs = Math.min(retryAfterSeconds * 1000, 9000);
    expect(calls({ code }, { at: waitedMs })).toEqual(retryAfterSeconds > 9 ? [1] : []);
    expect(calls({ ...create, code }, { ...create, at: waitedMs })).toEqual(retryAfterSeconds > 9 ? [1] : []);
  },
);

describe("a create", () => {
  test("must not be retried after a lost response", () => {
    expect(broken("retry-advice", { ...create, lost: true }, create)).toEqual([
      [1, "The request repeats call 0, which got no response from the service but may have run"],
    ]);
    expect(calls({ lost: true }, {})).toEqual([]);
  });

  test("must not be retried after a code that is not in the catalogue", () => {
    expect(calls({ ...create, code: 99999 }, create)).toEqual([1]);
    expect(calls({ code: 99999 }, {})).toEqual([]);
  });
});

const never = codes("never")[0] ?? 0;

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

test("reports each retry", () => {
  expect(calls({ code: never }, { code: never }, { code: never })).toEqual([1, 2]);
});
