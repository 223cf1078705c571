import { createClient, NetworkError, type Client } from "@contact-groups/client";
import { expect, test } from "vitest";
import type { Emulator, Fault } from "../../src/index.ts";
import { emulate, get, to } from "../call.ts";

const clientOf = ({ fetch }: Pick<Emulator, "fetch">, baseUrl = "http://emulator.test"): Client =>
  createClient({
    fetch,
    baseUrl,
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text",
    retry: false,
    rateLimit: false,
  });
const request = { From_Account: "ann", GroupContactItem: [{ GroupName: "family", ContactItem: [to("bob")] }] };

test.each<[Fault["when"], number]>([
  ["before", 0],
  ["after", 1],
])("a connection that breaks %s the creation leaves %d groups behind", async (when, groups) => {
  const emulator = emulate();
  emulator.faults.add({ operation: "createContactGroup", reset: true, times: 1, when: when ?? "before" });
  const client = clientOf(emulator);
  await expect(client.createContactGroup(request)).rejects.toBeInstanceOf(NetworkError);
  expect((await get(emulator))["GroupItem"]).toHaveLength(groups);
  // The same call again ends in the same state either way, because a name that exists is added to.
  await client.createContactGroup(request);
  expect((await get(emulator))["GroupItem"]).toEqual([{ GroupName: "family", GroupId: 1 }]);
});

test("a connection breaks over HTTP as it does without a socket", async () => {
  const emulator = emulate();
  const { url } = await emulator.listen();
  emulator.faults.add({ reset: true, nth: 1, when: "after" });
  emulator.faults.add({ truncate: 5, nth: 2 });
  emulator.faults.add({ status: 502, nth: 3 });
  const client = clientOf({ fetch: (input, init) => fetch(input, init) }, url);
  await expect(client.createContactGroup(request)).rejects.toBeInstanceOf(NetworkError);
  await expect(client.createContactGroup(request)).rejects.toBeInstanceOf(NetworkError);
  await expect(client.createContactGroup(request)).rejects.toMatchObject({ name: "HttpError", status: 502 });
  await expect(client.createContactGroup(request)).resolves.toBeDefined();
  await emulator.close();
});
