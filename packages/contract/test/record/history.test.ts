import { expect, test } from "vitest";
import { createContractFetch } from "../../src/index.ts";
import { fetchJson } from "../send.ts";

const bad = { body: { From_Account: "user_0001" } };

test("a reset removes the violations of a test, but not of the whole run", async () => {
  const api = createContractFetch();
  await fetchJson(api, "getContactGroup", bad);
  api.reset();
  await fetchJson(api, "getContactGroup");
  api.assertValid();
  expect(() => api.assertValid({ sinceStart: true })).toThrow(/^1 violation in 2 calls:[^]*\/StartIndex is required/);
  api.assertValid({ sinceStart: true, ignore: ["schema"] });
  expect(api.violations()).toEqual([]);
  expect(api.violations({ sinceStart: true })).toHaveLength(1);
});

test("a call with a response after the reset counts for the whole run", async () => {
  const nothing = (): void => undefined;
  let response = nothing;
  const after = (_: number, run: () => void) => {
    response = run;
    return () => {};
  };
  const api = createContractFetch({ clock: { now: () => 0, after } });
  api.plan("get_contact_group", { delayMs: 1 });
  const pending = fetchJson(api, "getContactGroup", bad);
  await expect.poll(() => response).not.toBe(nothing);
  api.reset();
  api.reset();
  response();
  await pending;
  await fetchJson(api, "getContactGroup");
  expect(() => api.assertValid({ sinceStart: true })).toThrow(/^1 violation in 2 calls:/);
});

test("assertValid throws when calls before a reset were no longer recorded", async () => {
  const api = createContractFetch({ maxExchanges: 1 });
  await fetchJson(api, "getContactGroup", { query: { random: "1" } });
  await fetchJson(api, "getContactGroup", { query: { random: "2" } });
  api.reset();
  await fetchJson(api, "getContactGroup", { query: { random: "3" } });
  api.assertValid();
  expect(() => api.assertValid({ sinceStart: true })).toThrow(/^No verdict: 1 call is no longer recorded/);
});
