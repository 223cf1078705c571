import { beforeEach, expect, test } from "vitest";
import { createContractFetch } from "../../src/index.ts";
import { userSig } from "../calls.ts";
import { fetchJson, send } from "../send.ts";

const api = createContractFetch();
beforeEach(() => api.reset());

const ok = { ActionStatus: "OK", ErrorCode: 0 };
const failed = { ErrorCode: 50004 };
const outcomes = async (count: number): Promise<unknown[]> => {
  const codes: unknown[] = [];
  for (let call = 0; call < count; call++)
    codes.push(((await fetchJson(api, "getContactGroup")) as typeof failed).ErrorCode);
  return codes;
};

test("fails twice, then succeeds", async () => {
  api.plan("get_contact_group", [{ error: 50004 }, { error: 50005 }]);
  expect(await outcomes(4)).toEqual([50004, 50005, 0, 0]);
});

test("accepts responses, lists and chained calls as one sequence", async () => {
  api
    .plan("get_contact_group", { error: 50004 })
    .plan("get_contact_group", [{ error: 50005 }, {}])
    .plan("get_contact_group", { error: 60008 });
  expect(await outcomes(5)).toEqual([50004, 50005, 0, 60008, 0]);
});

test("plans each operation separately", async () => {
  api.plan("search_contact_group", { error: 50004 });
  expect(await fetchJson(api, "getContactGroup")).toMatchObject(ok);
  expect(await fetchJson(api, "searchContactGroup")).toMatchObject(failed);
});

test("repeats a response that is planned for always after the sequence, until reset", async () => {
  api.plan("get_contact_group", { error: 50004 }, { times: "always" }).plan("get_contact_group", { error: 50005 });
  expect(await outcomes(3)).toEqual([50005, 50004, 50004]);
  api.reset();
  expect(await outcomes(1)).toEqual([0]);
});

test("uses a list as often as it is planned, then lets the request decide", async () => {
  api.plan("get_contact_group", [{ error: 50004 }, {}], { times: 2 });
  expect(await outcomes(6)).toEqual([50004, 0, 50004, 0, 0, 0]);
});

test("uses a list for always over and over", async () => {
  api.plan("get_contact_group", [{ error: 50004 }, {}], { times: "always" });
  expect(await outcomes(5)).toEqual([50004, 0, 50004, 0, 50004]);
});

test("prefers the plan for always that was planned last", async () => {
  api
    .plan("get_contact_group", { error: 50004 }, { times: "always" })
    .plan("get_contact_group", { error: 50005 }, { times: "always" });
  expect(await outcomes(2)).toEqual([50005, 50005]);
});

test("reset forgets the sequence and the calls", async () => {
  api.plan("get_contact_group", [{ error: 50004 }, { error: 50005 }]);
  await outcomes(1);
  api.reset();
  expect(api.exchanges).toEqual([]);
  expect(await outcomes(1)).toEqual([0]);
  expect(api.exchanges.map(({ index }) => index)).toEqual([0]);
});

test("a Prefer header takes precedence over the sequence and does not shorten it", async () => {
  api.plan("get_contact_group", { error: 50004 });
  expect(await fetchJson(api, "getContactGroup", { headers: { Prefer: "error=50005" } })).toMatchObject({
    ErrorCode: 50005,
  });
  expect(await outcomes(2)).toEqual([50004, 0]);
});

test("a response without content leaves the choice to the request", async () => {
  api.plan("get_contact_group", [{}, {}]);
  expect(await fetchJson(api, "getContactGroup")).toMatchObject(ok);
  expect(await fetchJson(api, "getContactGroup", { body: {} })).toMatchObject({ ActionStatus: "FAIL" });
});

test("rejects an unknown path whatever was planned", async () => {
  api.plan("get_contact_group", { error: 50004 }, { times: "always" });
  const response = await api.fetch("/v4/recentcontact/get_contact_groups", { method: "POST", body: "{}" });
  expect(await response.json()).toMatchObject({ ErrorCode: 60009 });
});

test("sends a body of the test", async () => {
  const body = { ...ok, ErrorInfo: "", ContactResultItem: [], GroupItem: [] };
  api.plan("search_contact_group", { body });
  expect(await fetchJson(api, "searchContactGroup")).toEqual(body);
});

test("sends a body with a code that is not in the catalogue", async () => {
  const body = { ActionStatus: "FAIL", ErrorCode: 99999, ErrorInfo: "new" };
  api.plan("search_contact_group", { body });
  expect(await fetchJson(api, "searchContactGroup")).toEqual(body);
  expect(api.exchanges[0]?.response).toMatchObject({ errorCode: 99999, example: undefined });
});

test("sends a body that breaks the schema if it is unchecked", async () => {
  api.plan("search_contact_group", { body: [1], unchecked: true });
  expect(await fetchJson(api, "searchContactGroup")).toEqual([1]);
});

test("sends the body as it was at the time of planning", async () => {
  const body = { ActionStatus: "FAIL", ErrorCode: 1, ErrorInfo: "" };
  api.plan("search_contact_group", { body });
  body.ErrorInfo = "changed";
  expect(await fetchJson(api, "searchContactGroup")).toMatchObject({ ErrorInfo: "" });
});

test("adds headers", async () => {
  api.plan("get_contact_group", { error: 60007, headers: { "Retry-After": "3" } });
  expect((await send(api.fetch, "getContactGroup")).headers.get("Retry-After")).toBe("3");
});

test("a body does not show the UserSig that a request misplaced in its Prefer header", async () => {
  const response = await send(api.fetch, "getContactGroup", { headers: { Prefer: `example=${userSig}` } });
  expect(await response.text()).not.toContain(userSig);
});
