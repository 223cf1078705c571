/** One call to `get_contact_group` in each way that is compared. Each sends the same query and body and reads the answer as JSON. */
import axios from "axios";
import got from "got";
import ky from "ky";
import { ofetch } from "ofetch";
import createOpenapiFetch from "openapi-fetch";
import { createClient, type ClientOptions } from "../dist/index.js";
import { nodeTransport } from "../dist/node.js";
import type { paths } from "@contact-groups/openapi/types";
import { operations } from "@contact-groups/openapi/model";

export type Call = () => Promise<unknown>;

/** The one that all others are divided by comes first. */
export function contendersAt(baseUrl: string): Readonly<Record<string, Call>> {
  const json = { From_Account: "user15", StartIndex: 0 };
  const path = operations.getContactGroup.path;
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
  // Everything is on. The limiter does its work, at a rate that no machine reaches.
  const everything = {
    sdkAppId: 1400000000,
    identifier: "administrator",
    secretKey: "a key for nothing but this bench",
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
      JSON.parse((await transport({ url: url(), body, headers, signal: undefined, maxResponseBytes: 2 ** 23 })).text),
    "openapi-fetch": async () =>
      (await openapiFetch.POST(path, { params: { query: { ...query, random: Number(random()) } }, body: json })).data,
    ofetch: () => ofetch(url(), { method: "POST", body: json }),
    axios: async () => (await axios.post(url(), json)).data,
    got: () => got.post(url(), { json }).json(),
    ky: () => ky.post(url(), { json }).json(),
  };
}
