import axios from "axios";
import got from "got";
import ky from "ky";
import { ofetch } from "ofetch";
import createOpenapiFetch from "openapi-fetch";
import { createClient, type ClientOptions } from "@contact-groups/client";
import { nodeTransport } from "@contact-groups/client/node";
import { operations } from "@contact-groups/openapi/model";
import type { paths } from "@contact-groups/openapi/types";
import { allocatedBytes, compare, contenders, cpu, makeCalls, rate } from "../compare.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { startServer } from "../server.ts";

export const about =
  "`getContactGroup`, 50 calls at a time over loopback. The client has everything enabled: UserSig, checks, limiter, retries. All others send one request.";
export const peers: Program["peers"] = ["openapi-fetch", "ofetch", "axios", "got", "ky"];

export async function* measure({ quick }: Circumstances): AsyncGenerator<Report> {
  const [calls, rounds] = quick ? [1000, 3] : [4000, 7];
  const { url } = await startServer("bare");
  yield compare(
    "A call",
    contenders(callsTo(url), (call) => makeCalls(call, calls, 50)),
    { "CPU, µs per call": cpu, "allocated, bytes per call": allocatedBytes, "calls per second": rate },
    rounds,
  );
}

/** One call to `get_contact_group` in each way. Each sends the same query and body and reads the response as JSON. */
function callsTo(baseUrl: string): Readonly<Record<string, () => Promise<unknown>>> {
  const json = { From_Account: "user15", StartIndex: 0 };
  const { path } = operations.getContactGroup;
  const query = {
    sdkappid: "1400000000",
    identifier: "administrator",
    usersig: "x".repeat(200),
    contenttype: "json",
  } as const;
  const random = (): string => String(crypto.getRandomValues(new Uint32Array(1))[0]);
  const url = (): string => `${baseUrl}${path}?${new URLSearchParams({ ...query, random: random() })}`;
  const body = JSON.stringify(json);
  const headers = { "Content-Type": "application/json" };

  const openapiFetch = createOpenapiFetch<paths>({ baseUrl });
  // The rate limit is far above what any machine reaches.
  const everything = {
    sdkAppId: 1400000000,
    identifier: "administrator",
    secretKey: "a-key-for-nothing-but-this-bench",
    baseUrl,
    rateLimit: { calls: 1000, seconds: 0.001 },
  } satisfies ClientOptions;
  const onFetch = createClient(everything);
  const onNode = createClient({ ...everything, transport: nodeTransport() });
  const transport = nodeTransport();

  return {
    "fetch + json()": async () => (await fetch(url(), { method: "POST", headers, body })).json(),
    "client on fetch": () => onFetch.getContactGroup(json),
    "client on /node": () => onNode.getContactGroup(json),
    "bare /node transport": async () =>
      JSON.parse(
        (await transport({ url: url(), body, headers, signal: undefined, idempotent: true, maxResponseBytes: 2 ** 23 }))
          .text,
      ),
    "openapi-fetch": async () =>
      (await openapiFetch.POST(path, { params: { query: { ...query, random: Number(random()) } }, body: json })).data,
    ofetch: () => ofetch(url(), { method: "POST", body: json }),
    axios: async () => (await axios.post(url(), json)).data,
    got: () => got.post(url(), { json }).json(),
    ky: () => ky.post(url(), { json }).json(),
  };
}
