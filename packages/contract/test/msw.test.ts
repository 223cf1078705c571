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

test("ignores other requests", async () => {
  worker.use(...contractHandlers(alone));
  const response = await fetch(`${server.url}/v4/recentcontact/nothing`, { method: "POST", body: "{}" });
  expect(await response.json()).toMatchObject({ ErrorCode: 60009 });
  expect(alone.exchanges).toEqual([]);
});
