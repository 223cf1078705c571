import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import type { Contract } from "./contract.ts";
import { createContract, requirePositive } from "./create-contract.ts";
import { createCredentialCheck, type CredentialOptions } from "./credentials.ts";
import { listen, type Listener } from "./listen.ts";
import { loadPrism } from "./load-prism.ts";

/** Options of `startContractServer`. */
export interface ContractServerOptions extends CredentialOptions {
  /**
   * TCP port to listen on; 0 selects a free one.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * Address to listen on. The default is reachable only from this machine.
   *
   * @default "127.0.0.1"
   */
  readonly host?: string;
  /**
   * Maximum size in bytes of a request body. A larger one is rejected and its connection closed.
   *
   * @default 1_048_576
   */
  readonly maxBodyBytes?: number;
  /**
   * Time limit in milliseconds for a whole request to arrive, head and body. A later one is rejected and its connection closed.
   *
   * @default 10_000
   */
  readonly requestTimeoutMs?: number;
  /**
   * Maximum number of recorded calls. When there are more, the oldest ones are forgotten.
   *
   * @default 10_000
   */
  readonly maxExchanges?: number;
  /**
   * Time of the recording, of delays and of each response's `Date`, for tests of time.
   *
   * @default the machine's clock
   */
  readonly clock?: Clock;
}

/** A contract that listens: its `url`, `port` and `close()`, and everything of `Contract`. */
export interface ContractServer extends Contract, Listener {}

/**
 * Starts a server that responds as the OpenAPI description says: with the examples of its operations to valid requests, and with the
 * service's envelope to invalid ones, always with HTTP 200. It records the calls, but stores no conversation groups.
 *
 * `api.plan` and a `Prefer: example=NAME` header choose the response, even to an invalid request. The `Prism-Verdict` response header has
 * Prism's own verdict on the request: `status` is the HTTP status that Prism would send. It is absent when the request did not get to Prism:
 * its body is too large, not JSON, or invalid and over 64 KiB.
 *
 * Tests that run at the same time share a server by `api.session(name)`.
 *
 * A server does not keep its process alive. For one that keeps running, use `npx @contact-groups/contract serve`. Servers of one process
 * share Prism, so only the first takes a few tenths of a second.
 *
 * @param options Port, address, limits and clock.
 * @returns The running server.
 * @throws {RangeError} when a limit is not a positive integer.
 * @throws {Error} when `secretKey`, `sdkAppId` or `administrators` cannot be right.
 * @throws {Error} Node's own error when it cannot listen, for example with `code: "EADDRINUSE"`.
 * @example
 * ```ts
 * await using api = await startContractServer();
 * api.plan("get_contact_group", { error: 50004 });
 * const query = "sdkappid=1400000000&identifier=administrator&usersig=xxx&random=1&contenttype=json";
 * const response = await fetch(`${api.url}/v4/recentcontact/get_contact_group?${query}`, {
 *   method: "POST",
 *   headers: { "Content-Type": "application/json" },
 *   body: JSON.stringify({ From_Account: "user_0001", StartIndex: 0 }),
 * });
 * console.log(await response.json());
 * api.assertValid();
 * ```
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export async function startContractServer(options: ContractServerOptions = {}): Promise<ContractServer> {
  const { port = 0, host = "127.0.0.1", maxBodyBytes = 1024 * 1024, requestTimeoutMs = 10_000 } = options;
  const { maxExchanges = 10_000, clock = realClock, secretKey } = options;
  requirePositive({ maxBodyBytes, requestTimeoutMs, maxExchanges });
  const checkCredentials = createCredentialCheck(options, clock);
  await loadPrism();
  const parts = { prism: loadPrism, maxBodyBytes, maxExchanges, checkCredentials, secretKey, clock } as const;
  let url = "";
  const { api, respond } = createContract(parts, () => url);
  const listener = await listen(respond, { port, host, maxBodyBytes, requestTimeoutMs, clock });
  ({ url } = listener);
  return Object.assign(api, listener);
}
