import { beforeEach, expect, test } from "vitest";
import { ContractViolationError, createContractFetch, judge, type RuleName } from "../../src/index.ts";
import { rules } from "../../src/judge/judge.ts";
import { report } from "../../src/judge/violation.ts";
import { fetchJson } from "../send.ts";
import { more, page, recorded } from "./recorded.ts";

const api = createContractFetch();
beforeEach(() => api.reset());

test("assertValid accepts valid calls", async () => {
  await fetchJson(api, "getContactGroup");
  await fetchJson(api, "searchContactGroup");
  await fetchJson(api, "createContactGroup");
  expect(api.violations()).toEqual([]);
  expect(() => api.assertValid()).not.toThrow();
});

test("assertValid throws when no call was made", () => {
  expect(() => api.assertValid()).toThrow("No call was recorded");
});

test("assertValid throws all violations, as text and as data", async () => {
  await fetchJson(api, "getContactGroup", { body: { From_Account: 1, StartIndex: 0 }, query: { random: undefined } });
  const error = await Promise.resolve()
    .then(() => api.assertValid())
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ContractViolationError);
  expect((error as ContractViolationError).violations).toEqual(api.violations());
  expect((error as Error).message).toBe(`2 violations in 1 call:

call 0 (getContactGroup), query /random [schema]
  The query parameter random is required, but is missing.
  Fix: Add random to the query of the URL of every call. Its name is case-sensitive.
  See: https://www.tencentcloud.com/document/product/1047/53440

call 0 (getContactGroup), body /From_Account [schema]
  /From_Account must be a string, but is 1.
  Fix: Send text, in quotation marks.
  See: https://www.tencentcloud.com/document/product/1047/53440`);
});

test("the report shows ten violations and counts the others", () => {
  const violations = judge(
    recorded(...Array.from({ length: 15 }, (_, index) => ({ ...page(0, `user_${index}`), random: "1" }))),
  );
  expect(violations).toHaveLength(14);
  expect(report(violations, 15)).toMatch(/^14 violations in 15 calls:[^]*\n\nand 4 more; violations\(\) has all\.$/);
});

test("the violations are in the order of the calls", () => {
  const calls = judge(recorded({ ...page(5), random: "1" }, { random: "1" }, { ...page(5), ...more(7) })).map(
    ({ call }) => call,
  );
  expect(calls).toEqual(calls.toSorted((one, other) => one - other));
});

test("ignores the rules of ignore", async () => {
  await fetchJson(api, "getContactGroup", { body: {} });
  expect(() => api.assertValid()).toThrow(/schema/);
  expect(() => api.assertValid({ ignore: ["schema"] })).not.toThrow();
});

test("rejects an unknown rule in ignore, and lists the rules", () => {
  expect(() => judge([], { ignore: ["shcema" as RuleName] })).toThrow(Object.keys(rules).join(", "));
});
