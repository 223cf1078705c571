import { beforeEach, expect, test } from "vitest";
import { createContractFetch, startContractServer } from "../src/index.ts";
import { toHaveReceivedValidRequests } from "../src/matchers.ts";
import { fetchJson } from "./send.ts";

await import("../src/vitest.ts");
const api = createContractFetch();
beforeEach(() => api.reset());

test("passes after good calls", async () => {
  await fetchJson(api, "getContactGroup");
  expect(api).toHaveReceivedValidRequests();
});

test("fails after a bad call, with all violations in its message", async () => {
  await fetchJson(api, "getContactGroup", { body: { From_Account: "a", StartIndex: "0" } });
  expect(() => expect(api).toHaveReceivedValidRequests()).toThrow(
    /\/StartIndex must be an integer, but is "0"[^]*Fix: /,
  );
  expect(api).toHaveReceivedValidRequests({ ignore: ["schema"] });
  expect(api).not.toHaveReceivedValidRequests();
});

test("fails when no call was made, negated as well", () => {
  expect(() => expect(api).toHaveReceivedValidRequests()).toThrow("No call was recorded");
  expect(() => expect(api).not.toHaveReceivedValidRequests()).toThrow("No call was recorded");
});

test("fails negated after good calls", async () => {
  await fetchJson(api, "getContactGroup");
  expect(() => expect(api).not.toHaveReceivedValidRequests()).toThrow("a violation was expected");
});

test("reports a missing await", () => {
  const pending = startContractServer();
  expect(() => toHaveReceivedValidRequests(pending as never)).toThrow("Is an await missing?");
  return pending.then((server) => server.close());
});
