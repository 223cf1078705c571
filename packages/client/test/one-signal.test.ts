/** Node.js 20 prints a warning where a signal has more than ten listeners: MaxListenersExceededWarning. */
import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { c2c, type Client } from "../src/index.ts";
import { nodeTransport } from "../src/node.ts";
import { listen } from "./listen.ts";
import { createManualClock } from "./manual-clock.ts";
import { clientOf, failed, okBody, rejection, respondWith } from "./respond.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

/** Makes 30 calls with one signal, aborts it while they wait, and returns the listeners that it had before and after. */
async function listenersOf(client: Client): Promise<number[]> {
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 30 }, () => rejection(client.getContactGroup(page, { signal })));
  await setImmediate();
  const before = listeners(signal);
  controller.abort("enough");
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["enough"]));
  return [before, listeners(signal)];
}

const never = new Promise<never>(() => {});

test.each<[what: string, client: () => Client]>([
  ["a response", () => clientOf(() => never)],
  ["the rate limit", () => clientOf(() => never, { clock: createManualClock(), rateLimit: { calls: 1, seconds: 1 } })],
  ["a retry", () => clientOf(respondWith(failed(60008)), { clock: createManualClock(), random: () => 2 ** 31 })],
  ["a UserSig", () => clientOf(respondWith(okBody), { userSig: () => never })],
])("30 calls that wait for %s put one listener on their signal, and remove it", async (_, client) => {
  expect(await listenersOf(client())).toEqual([1, 0]);
});

test("30 requests of the Node.js transport put one listener on their signal, and remove it", async () => {
  await using server = await listen(() => undefined);
  const transport = nodeTransport();
  onTestFinished(() => transport.close());
  const controller = new AbortController();
  const { signal } = controller;
  const request = { url: `${server.url}/`, body: "{}", headers: {}, signal, idempotent: true, maxResponseBytes: 100 };
  const sent = Array.from({ length: 30 }, () => rejection(transport(request)));
  expect(listeners(signal)).toBe(1);
  controller.abort("enough");
  expect(new Set(await Promise.all(sent))).toEqual(new Set(["enough"]));
  expect(listeners(signal)).toBe(0);
});

test("a search with 16 parts at a time puts one listener on its signal, and removes it", async () => {
  let most = 0;
  const { signal } = new AbortController();
  const client = clientOf(async () => {
    await setImmediate();
    most = Math.max(most, listeners(signal));
    return Response.json(okBody);
  });
  const ContactItem = Array.from({ length: 6000 }, (_, index) => c2c(`user${index}`));
  await client.searchContactGroup({ From_Account: "user15", ContactItem }, { signal, concurrency: 16 });
  expect([most, listeners(signal)]).toEqual([1, 0]);
});
