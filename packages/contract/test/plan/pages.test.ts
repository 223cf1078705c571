import { createClient } from "@contact-groups/client";
import { beforeEach, expect, test } from "vitest";
import { createContractFetch, type PlannedResponse } from "../../src/index.ts";
import { testedOperations } from "../tested-operations.ts";
import { fetchJson, send } from "../send.ts";

const api = createContractFetch();
beforeEach(() => api.reset());

const first: PlannedResponse = { example: "FirstOfTwoPages" };
const last: PlannedResponse = { example: "LastOfTwoPages" };
const exampleOf = (name: string): unknown =>
  testedOperations
    .find(({ operationId }) => operationId === "getContactGroup")
    ?.responses.find((one) => one.name === name)?.value;

interface Page {
  readonly ErrorCode: number;
  readonly ErrorInfo: string;
  readonly CompleteFlag?: number;
}
const page = async (StartIndex: number | undefined, From_Account = "user_0003"): Promise<Page> =>
  (await fetchJson(api, "getContactGroup", { body: { From_Account, StartIndex } })) as Page;
const names = async (...starts: (number | undefined)[]): Promise<unknown[]> => {
  for (const StartIndex of starts)
    await send(api.fetch, "getContactGroup", { body: { From_Account: "user_0003", StartIndex } });
  return api.exchanges.slice(-starts.length).map(({ response }) => response.example);
};

test("sends each page of a list to the request for its start", async () => {
  api.plan("get_contact_group", [first, last]);
  expect(await page(0)).toEqual(exampleOf("FirstOfTwoPages"));
  expect(await page(37)).toEqual(exampleOf("LastOfTwoPages"));
  api.assertValid();
});

test("a consumer that always requests the first page does not get the later one, and ends", async () => {
  api.plan("get_contact_group", [first, last]);
  const read: Page[] = [];
  do read.push(await page(0));
  while (read.at(-1)?.CompleteFlag === 0 && read.length < 100);
  expect(read).not.toContainEqual(exampleOf("LastOfTwoPages"));
  expect(read).toHaveLength(2);
  expect(api.violations().map(({ rule }) => rule)).toContain("unused-plan");
});

test("a request without a start, or with an invalid one, gets the first page", async () => {
  api.plan("get_contact_group", [first, last], { times: 2 });
  expect(await names(undefined, 37)).toEqual(["FirstOfTwoPages", "LastOfTwoPages"]);
  await fetchJson(api, "getContactGroup", { body: "{" });
  expect(api.exchanges.at(-1)?.response.example).toBe("FirstOfTwoPages");
});

test("failures of a list stay in their places", async () => {
  api.plan("get_contact_group", [{ status: 502 }, first, { error: 60008 }, last]);
  expect(await names(0, 0, 37, 37)).toEqual([undefined, "FirstOfTwoPages", "ServiceTimeout", "LastOfTwoPages"]);
});

test("a page that is cut off is followed by a page for the same start", async () => {
  api.plan("get_contact_group", [first, { ...last, truncate: true }, last]);
  expect(await names(0, 37, 37)).toEqual(["FirstOfTwoPages", "LastOfTwoPages", "LastOfTwoPages"]);
  expect(api.exchanges.map(({ response }) => response.faults)).toEqual([[], ["truncate"], []]);
});

test("the list begins again after its last page", async () => {
  api.plan("get_contact_group", [first, last, first, last]);
  expect(await names(0, 37, 0, 37)).toEqual(["FirstOfTwoPages", "LastOfTwoPages", "FirstOfTwoPages", "LastOfTwoPages"]);
});

test("the first page can be for another start, which when has", async () => {
  api.plan("get_contact_group", last, { when: { body: { StartIndex: 37 } } });
  expect(await names(0, 37)).toEqual(["OnlyPage", "LastOfTwoPages"]);
});

test("the first page is for any start that the function of when accepts", async () => {
  api.plan("get_contact_group", last, { when: () => true });
  expect(await names(7)).toEqual(["LastOfTwoPages"]);
});

test("pages for always are sent to any number of readers", async () => {
  api.plan("get_contact_group", [first, last], { times: "always" });
  const readers = [..."abcdefghi"].map(async (name) => [await page(0, name), await page(37, name)]);
  const pages = [exampleOf("FirstOfTwoPages"), exampleOf("LastOfTwoPages")];
  expect(await Promise.all(readers)).toEqual(Array.from({ length: 9 }, () => pages));
});

test("a loop without progress over pages for always ends with a failure that says why", async () => {
  api.plan("get_contact_group", [first, last], { times: "always" });
  let read: Page;
  let calls = 0;
  do {
    read = await page(0, calls % 2 === 0 ? "a" : "b");
    calls += 1;
  } while (read.CompleteFlag === 0 && calls < 1000);
  expect(calls).toBe(41);
  expect(read.ErrorCode).not.toBe(0);
  expect(read.ErrorInfo).toBe(
    "The page with StartIndex 0 was requested more than 20 times in a row, so the pagination makes no progress. " +
      "Send the NextStartIndex of each page as the StartIndex of the next request: after this page, 37",
  );
  expect(await page(37, "a")).toEqual(exampleOf("LastOfTwoPages"));
  expect(await page(0, "a")).toEqual(exampleOf("FirstOfTwoPages"));
});

test("reading whole paginations over and over is progress", async () => {
  api.plan("get_contact_group", [first, last], { times: "always" });
  for (let round = 0; round < 30; round++)
    expect([await page(0), await page(37)]).toMatchObject([{ ErrorCode: 0 }, { ErrorCode: 0 }]);
});

test("the client reads all pages of a plan", async () => {
  api.plan("get_contact_group", [first, { status: 502 }, last]);
  const client = createClient({
    baseUrl: "http://api.test",
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text",
    fetch: api.fetch,
    retry: { baseDelayMs: 1 },
  });
  const items: unknown[] = [];
  for await (const item of client.iterateContactGroup({ From_Account: "user_0003" })) items.push(item);
  expect(items).toHaveLength(3);
  api.assertValid();
});
