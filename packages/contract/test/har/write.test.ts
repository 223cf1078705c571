import { createClient } from "@contact-groups/client";
import { assert, asyncProperty, integer, stringMatching } from "fast-check";
import type { Har } from "har-format";
import { expect, test } from "vitest";
import { createObserver, readHar } from "../../src/har/read.ts";
import { toHar } from "../../src/har/write.ts";
import { createContractFetch } from "../../src/index.ts";
import type { Exchange } from "../../src/record/exchange.ts";
import { requestOf } from "../calls.ts";
import { call, everyResponse, recorded, userSig } from "../coverage/recorded.ts";

/** Writes the calls as HAR, and reads that again. */
async function again(exchanges: readonly Exchange[]): Promise<Exchange[]> {
  const observe = createObserver("rejected");
  const { calls } = readHar(JSON.parse(JSON.stringify(toHar(exchanges))));
  const read: Exchange[] = [];
  for (const one of calls) read.push(await observe(one));
  return read;
}

test("reads a written HAR back unchanged, for every example and failure", async () => {
  const exchanges = await recorded(everyResponse());
  expect(await again(exchanges)).toEqual(exchanges);
});

test("writes the calls of a contract server, including a rejected and a reset one", async () => {
  const api = createContractFetch();
  const options = { sdkAppId: 1400000000, identifier: "administrator", userSig, retry: false, checks: false } as const;
  const client = createClient({ ...options, baseUrl: "http://contract.test", fetch: api.fetch });
  api.next("get_contact_group", { reset: true }, { status: 502 });
  for (const StartIndex of [0, 1, -1])
    await client.getContactGroup({ From_Account: "user_0001", StartIndex }).catch(() => undefined);
  const { log } = toHar(api.exchanges, "https://host.example") as Har;
  expect(log.entries.map(({ response }) => [response.status, response.statusText])).toEqual([
    [0, ""],
    [502, "Bad Gateway"],
    [200, "OK"],
  ]);
  expect(log.entries[0]?.request.url).toMatch(/^https:\/\/host\.example\/v4\/recentcontact\/get_contact_group\?/);
  expect(JSON.stringify(log)).not.toContain(userSig);
});

test("writes no UserSig into a HAR, wherever it was in the traffic", async () => {
  await assert(
    asyncProperty(stringMatching(/^[A-Za-z0-9*_-]{8,80}$/), integer({ min: 0, max: 3 }), async (secret, place) => {
      const body = place === 1 ? { From_Account: secret } : requestOf("getContactGroup");
      const sent = place === 2 ? { ErrorInfo: `not ${secret}` } : place === 3 ? { [secret]: 1 } : {};
      const exchanges = await recorded([call("getContactGroup", body, sent, { query: { usersig: secret } })]);
      const { query, ...rest } = exchanges[0]?.request ?? {};
      expect(query?.["usersig"]).toBe("[redacted]");
      const har = toHar([{ ...exchanges[0], request: { ...rest, query: { random: "1" } } } as Exchange]) as Har;
      const written = JSON.stringify(
        har.log.entries.map(({ request, response }) => [request.postData?.text, response.content.text]),
      );
      expect(written).not.toContain(secret);
    }),
    { numRuns: 100 },
  );
});
