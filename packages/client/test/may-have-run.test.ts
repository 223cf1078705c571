import { expect, test } from "vitest";
import type { Client, Fetch } from "../src/index.ts";
import { createManualClock } from "./manual-clock.ts";
import { clientOf, rejection } from "./respond.ts";

const advice =
  /\. The call may have run: read the data before you send it again\. To create a group, ensureContactGroup does that$/;

const create = (client: Client) =>
  client.createContactGroup({ From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] });
const read = (client: Client) => client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
const lost = (code: string): Fetch => {
  const cause = Object.assign(new Error("lost"), { code });
  return () => Promise.reject(new TypeError("fetch failed", { cause }));
};

test.each<[what: string, advised: boolean, call: (client: Client) => Promise<object>, fetch: Fetch]>([
  ["a change whose connection was lost", true, create, lost("ECONNRESET")],
  ["a change whose connection was refused", false, create, lost("ECONNREFUSED")],
  ["a read whose connection was lost", false, read, lost("ECONNRESET")],
  ["a change without a response in time", true, create, () => new Promise(() => {})],
  ["a read without a response in time", false, read, () => new Promise(() => {})],
])("the error of %s says that it may have run: %s", async (_, advised, call, fetch) => {
  const clock = createManualClock();
  const error = rejection(call(clientOf(fetch, { clock, retry: false })));
  await clock.advance(60_000);
  const { message } = (await error) as Error;
  expect(advice.test(message)).toBe(advised);
});

test("a change that waited for a UserSig in vain did not run", async () => {
  const clock = createManualClock();
  const client = clientOf(lost("ECONNRESET"), { clock, userSig: () => new Promise(() => {}) });
  const error = rejection(create(client));
  await clock.advance(60_000);
  expect(((await error) as Error).message).toBe("createContactGroup got no response within 5000 ms (timeoutMs)");
});
