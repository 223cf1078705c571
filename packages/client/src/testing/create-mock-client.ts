import type { Client } from "../client.ts";
import type { ClientOptions } from "../client-options.ts";
import { createClient } from "../create-client.ts";
import { createMockService, type Mock } from "./mock.ts";

type Settings<Options> = Options extends unknown ? Partial<Omit<Options, "fetch" | "transport">> : never;

/** Any option of `createClient` but `fetch` and `transport`. None is needed. */
export type MockClientOptions = Settings<ClientOptions>;

/** A client, and what it answers. */
export interface MockClient extends Client {
  readonly mock: Mock;
}

/**
 * Makes a client that is answered within the process: for tests of code that uses a client, with any test runner.
 *
 * It is a client in everything else: it checks requests, reads the envelope, throws the same errors, pages and searches. No
 * socket is opened and no credential is needed. Each request gets the next answer asked for with `mock.next`, else the one of
 * `mock.always`, else the operation's first example of a call that succeeds. Retries and the rate limit are off, so that no
 * test waits: `retry: {}` turns the retries on. Nothing is random: `random` counts from 0, and a retry follows at once.
 *
 * @param options Options of `createClient`. Throws an `InvalidArgumentError` if one is wrong.
 * @example
 * ```ts
 * import { createMockClient } from "@contact-groups/client/testing";
 *
 * const client = createMockClient();
 * client.mock.next("getContactGroup", { example: "FirstOfTwoPages" }, { error: "ServiceTimeout" });
 *
 * const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * console.log(page.ContactItem?.length, client.mock.calls[0]?.body);
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export function createMockClient(options: MockClientOptions = {}): MockClient {
  const { mock, fetch } = createMockService();
  const client = createClient({
    sdkAppId: 1400000000,
    identifier: "administrator",
    ...("secretKey" in options ? {} : { userSig: "usersig-of-the-mock-client" }),
    ...(options.region === undefined ? { baseUrl: "http://contact-groups.test" } : {}),
    retry: false,
    rateLimit: false,
    random: counter(),
    ...options,
    fetch,
    // Spread together, the alternatives of the options are more than TypeScript follows.
  } as object as ClientOptions);
  return Object.freeze({ ...client, mock });
}

function counter(): () => number {
  let next = 0;
  return () => next++;
}
