import { expect, test } from "vitest";
import { createContractFetch } from "../../src/index.ts";
import { fetchJson } from "../send.ts";

const page = { From_Account: "user_0001", StartIndex: 0 };

test("ends a loop that reads a list for ever, and reports it", async () => {
  const api = createContractFetch({ clock: { now: () => 0, after: () => () => undefined } });
  const read = (): Promise<unknown> => fetchJson(api, "getContactGroup", { body: page });
  for (let round = 0; round < 1000; round++) expect(await read()).toMatchObject({ ErrorCode: 0 });
  expect(await read()).toMatchObject({ ErrorInfo: expect.stringContaining("Stop when CompleteFlag is 1") });
  for (let round = 0; round < 19; round++) await read();
  await expect(read()).rejects.toThrow(TypeError);
  await fetchJson(api, "getContactGroup", { body: { ...page, From_Account: "user_0002" } });
  expect(await read()).toMatchObject({ ErrorCode: 0 });
  expect(api.violations().map(({ rule }) => rule)).toContain("endless-pagination");
});

test("lets a program poll a list", async () => {
  let now = 0;
  const api = createContractFetch({ clock: { now: () => now, after: () => () => undefined } });
  for (let round = 0; round < 1100; round++) {
    expect(await fetchJson(api, "getContactGroup", { body: page })).toMatchObject({ ErrorCode: 0 });
    now += 1001;
  }
});
