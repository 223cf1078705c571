import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/operations.ts";
import { broken, page, type Said } from "./recorded.ts";

const calls = (...said: readonly Said[]): number[] => broken("retry-advice", ...said).map(([call]) => call);
const create: Said = { operation: "createContactGroup", body: { From_Account: "user_0001", GroupContactItem: [] } };
const codes = (retry: string): number[] => catalogue.filter((entry) => entry.retry === retry).map(({ code }) => code);

test.each(codes("never"))("%i is not to be repeated", (code) => {
  expect(calls({ code }, {})).toEqual([1]);
});

test.each(codes("backoff"))("%i may be repeated, but by a create only after a look", (code) => {
  expect(calls({ code }, {})).toEqual([]);
  expect(calls({ ...create, code }, create)).toEqual([1]);
  expect(calls({ ...create, code }, {}, create)).toEqual([]);
});

test.each(codes("refresh-usersig"))("%i is to be repeated with a new UserSig only", (code) => {
  expect(calls({ code, userSig: 1 }, { userSig: 1 })).toEqual([1]);
  expect(calls({ code, userSig: 1 }, { userSig: 2 })).toEqual([]);
});

test.each(catalogue.filter(({ retry }) => retry === "throttle"))(
  "$code is to be repeated after its time",
  ({ code, retryAfterSeconds = 0 }) => {
    const waitedMs = Math.min(retryAfterSeconds * 1000, 9000);
    expect(calls({ code }, { at: waitedMs })).toEqual(retryAfterSeconds > 9 ? [1] : []);
    expect(calls({ ...create, code }, { ...create, at: waitedMs })).toEqual(retryAfterSeconds > 9 ? [1] : []);
  },
);

describe("a create", () => {
  test("must not be retried after a lost response", () => {
    expect(broken("retry-advice", { ...create, lost: true }, create)).toEqual([
      [1, "The request repeats call 0, which got no response of the service: it may have run anyway"],
    ]);
    expect(calls({ lost: true }, {})).toEqual([]);
  });

  test("is not to be repeated after a code that is in no catalogue", () => {
    expect(calls({ ...create, code: 99999 }, create)).toEqual([1]);
    expect(calls({ code: 99999 }, {})).toEqual([]);
  });
});

describe("is not a retry", () => {
  const never = codes("never")[0] ?? 0;

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

  test("what differs in the random number only is one", () => {
    expect(calls({ code: never, random: "1" }, { random: "2" })).toEqual([1]);
  });

  test("each repetition counts", () => {
    expect(calls({ code: never }, { code: never }, { code: never })).toEqual([1, 2]);
  });
});
