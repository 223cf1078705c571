import { createClient, type Client, type ClientOptions, type Fetch } from "../src/index.ts";
import { seededRandom } from "./seeded-random.ts";

/** A body with only the fields of every successful response. */
export const okBody = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** Creates a client whose service is in the process, with any credentials. */
export function clientOf(
  fetch: Fetch,
  options: Partial<Omit<ClientOptions, "region" | "baseUrl" | "secretKey" | "userSigValiditySeconds">> = {},
): Client {
  return createClient({
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "eJw-a-usersig_of*tests",
    baseUrl: "http://service.test",
    fetch,
    random: seededRandom(),
    ...options,
  });
}

/** Responds to every request with this JSON body and HTTP status 200. */
export function respondWith(body: unknown): Fetch {
  return () => Promise.resolve(Response.json(body));
}

/** Responds with `okBody` and records every request. */
export function recorder(): { fetch: Fetch; requests: Request[] } {
  const requests: Request[] = [];
  const fetch: Fetch = (url, init) => {
    requests.push(new Request(url, init));
    return Promise.resolve(Response.json(okBody));
  };
  return { fetch, requests };
}

/** Returns the reason that the promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("the promise resolved");
    },
    (reason: unknown) => reason,
  );
}

/** Responds with these in turn, and with the last one from then on. A function may fail. */
export function respondInTurn(...list: readonly (object | Fetch)[]): Fetch & { readonly count: () => number } {
  let count = 0;
  const fetch: Fetch = (url, init) => {
    const next = list[Math.min(count++, list.length - 1)];
    return typeof next === "function" ? (next as Fetch)(url, init) : Promise.resolve(Response.json(next));
  };
  return Object.assign(fetch, { count: () => count });
}

/** Body of a failed call. */
export function failed(code: number, info = "said by the service"): object {
  return { ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: info };
}
