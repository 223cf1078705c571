import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "@contact-groups/client";
import { createContractFetch, startContractServer, type Contract, type ContractServer } from "../src/index.ts";
import { contractHandlers } from "../src/msw.ts";
import { send } from "./send.ts";
import { userSig } from "./calls.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

const alone = createContractFetch();
const worker = setupServer();
beforeAll(() => worker.listen({ onUnhandledFrame: "bypass" }));
afterAll(() => worker.close());
afterEach(() => {
  worker.resetHandlers();
  alone.reset();
  server.reset();
});

describe.each([
  ["without a socket", () => alone, () => contractHandlers(alone)],
  ["by the address of a server, as in a page", () => server, () => contractHandlers({ url: server.url })],
] as const)("%s", (_title, api: () => Contract, handlers) => {
  const call = (): Promise<Response> => send(fetch, "getContactGroup", { origin: "https://console.tim.qq.com" });

  test("responds for every host, and records the calls", async () => {
    worker.use(...handlers());
    expect(await (await call()).json()).toMatchObject({ ActionStatus: "OK" });
    api().assertValid();
    expect(api().exchanges).toHaveLength(1);
  });

  test("sends the planned response", async () => {
    worker.use(...handlers());
    api().plan("get_contact_group", [{ error: 51007 }, { status: 502 }, { truncate: 5 }]);
    expect(await (await call()).json()).toMatchObject({ ErrorCode: 51007 });
    expect((await call()).status).toBe(502);
    expect(await (await call()).text()).toBe('{"Con');
    api().plan("get_contact_group", { reset: true });
    await expect(call()).rejects.toThrow(TypeError);
  });

  test("serves the generated client", async () => {
    worker.use(...handlers());
    const client = createClient({ region: "singapore", sdkAppId: 1400000000, identifier: "administrator", userSig });
    const { GroupItem } = await client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });
    expect(GroupItem?.length).toBeGreaterThan(0);
    api().assertValid();
  });
});

const query = "?sdkappid=1&identifier=administrator&usersig=eJwtzMEKgkAUheF3mXXInZk7OgotWrSJ&random=1&contenttype=json";

test.each([
  ["https://console.tim.qq.com/v4/recentcontact/get_contact_groups", "get_contact_group"],
  ["https://console.tim.qq.com/v4/RecentContact/get_contact_group", "get_contact_group"],
  ["https://console.tim.qq.com/v3/recentcontact/search_contact_group", "search_contact_group"],
  ["https://adminapisgp.im.qcloud.com/recentcontact/getContactGroup", "get_contact_group"],
  ["https://adminapisgp.my-imcloud.com//v4/recentcontact/mark_contact/", "mark_contact"],
  ["https://adminapisgp.im.qcloud.com/v4/contact/delete_contact_group", "del_contact_group"],
  ["https://adminapisgp.im.qcloud.com/v4%2Frecentcontact%2Fcreate_contact_group", "create_contact_group"],
  ["https://console.tim.qq.com/v4/recentcontact/get%255Fcontact%255Fgroup", "get_contact_group"],
  ["https://console.tim.qq.com/v4/contact/get_contact_groups?", "get_contact_group"],
  ["http://gateway.test/v4/recent_contact/update_contact_grop", "update_contact_group"],
  ["http://gateway.test/api/get_contact_group", "get_contact_group"],
  ["http://gateway.test/chat/v4/recentcontact/get_contact_group", "get_contact_group"],
])("judges %s, which nearly is a path", async (url, command) => {
  worker.use(...contractHandlers(alone));
  const response = await fetch(url.endsWith("?") ? url : `${url}${query}`, { method: "POST", body: "{}" });
  expect(await response.json()).toMatchObject({ ErrorCode: 60009 });
  expect(alone.violations()).toMatchObject([
    { rule: "schema", in: "path", message: expect.stringContaining(`did you mean "/v4/recentcontact/${command}"?`) },
  ]);
});

test.each([
  `https://console.tim.qq.com/v4/recentcontact/get_list${query}`,
  `https://console.tim.qq.com/v4/recentcontact/delete${query}`,
  `https://adminapisgp.im.qcloud.com/v4/openim/sendmsg${query}`,
  `https://adminapisgp.im.qcloud.com/v4/group_open_http_svc/get_group_info${query}`,
  `https://adminapisgp.im.qcloud.com/v4/sns/friend_get${query}`,
  `https://adminapisgp.im.qcloud.com/v4/sns/group_get${query}`,
  `https://adminapisgp.im.qcloud.com/v4/profile/portrait_get${query}`,
  "https://api.own.test/contacts/get-contact-group?id=1",
  "https://api.own.test/contact_groups",
])("leaves %s to other handlers", async (url) => {
  worker.use(
    ...contractHandlers(alone),
    http.all("*", () => HttpResponse.text("other")),
  );
  expect(await (await fetch(url, { method: "POST", body: "{}" })).text()).toBe("other");
  expect(alone.exchanges).toEqual([]);
});

test("leaves what is unhandled to the option of MSW", async () => {
  let unhandled = 0;
  const own = setupServer(...contractHandlers(alone));
  worker.close();
  own.listen({ onUnhandledFrame: () => void unhandled++ });
  const call = (command: string): Promise<Response> =>
    fetch(`${server.url}/v4/recentcontact/${command}`, { method: "POST", body: "{}" });
  await call("get_list");
  expect(unhandled).toBe(1);
  await call("get_contact_groups");
  own.close();
  worker.listen({ onUnhandledFrame: "bypass" });
  expect(unhandled).toBe(1);
});

test("an internal error is not the network's", async () => {
  const failing = contractHandlers({ fetch: () => Promise.reject(new Error("Prism can't be loaded")) });
  const [handler] = failing;
  const request = new Request("https://console.tim.qq.com/v4/recentcontact/get_contact_group", { method: "POST" });
  await expect(handler?.run({ request, requestId: "1" })).rejects.toThrow("Prism can't be loaded");
});
