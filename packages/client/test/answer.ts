import { createClient, type Client, type ClientOptions, type Fetch } from "../src/index.ts";

/** A body with only what every successful answer has. */
export const okBody = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** A client whose calls are answered in the process, with credentials that need no attention. */
export function clientOf(
  fetch: Fetch,
  options: Partial<Pick<ClientOptions, "identifier" | "userSig" | "random">> = {},
): Client {
  return createClient({
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "eJw-a-usersig_of*tests",
    baseUrl: "http://service.test",
    fetch,
    ...options,
  });
}

/** Answers every request with this JSON body and HTTP status 200. */
export function answer(body: unknown): Fetch {
  return () => Promise.resolve(Response.json(body));
}

/** Answers with `okBody` and keeps every request. */
export function recorder(): { fetch: Fetch; requests: Request[] } {
  const requests: Request[] = [];
  const fetch: Fetch = (request) => {
    requests.push(request);
    return Promise.resolve(Response.json(okBody));
  };
  return { fetch, requests };
}

/** What the promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("the promise resolved");
    },
    (reason: unknown) => reason,
  );
}
