import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import type { Contract } from "./contract.ts";
import { createContract, requirePositive } from "./create-contract.ts";
import { listen, type Listener } from "./listen.ts";
import { loadPrism } from "./prism.ts";

export interface ContractServerOptions {
  /** TCP port to listen on. 0, the default, takes a free one. */
  readonly port?: number;
  /** Address to listen on. The default, `127.0.0.1`, is reachable from this machine only. */
  readonly host?: string;
  /** Largest body in bytes that is read. A larger one is refused and its connection closed. The default is 1 MiB. */
  readonly maxBodyBytes?: number;
  /**
   * Time in milliseconds for a whole request to arrive, head and body. A later one is refused and its connection closed. The default
   * is 10,000.
   */
  readonly requestTimeoutMs?: number;
  /** Most calls that are remembered; of more, the oldest are forgotten. The default is 10,000. */
  readonly maxExchanges?: number;
  /** Time of the recording, of delays and of each response's `Date`, for tests of time. The default is the machine's. */
  readonly clock?: Clock;
}

/** A contract with an address. */
export interface ContractServer extends Contract, Listener {}

/**
 * Starts a server that answers as the description says: the examples of its operations for good requests, and the service's envelope
 * for bad ones, always with HTTP 200. It remembers the calls, but keeps no conversation groups.
 *
 * A server does not keep its process alive: a test that fails before `close()` ends, and a script that only starts one ends as well. For one that
 * stays there is `npx @contact-groups/contract serve`.
 *
 * Servers of one process share Prism, so only the first takes a few tenths of a second. `api.next` and a `Prefer: example=NAME` header choose the
 * answer, even for a bad request. The `Prism-Verdict` response header says what Prism by itself makes of the request: `status` is the HTTP
 * status it would have answered. It is absent when Prism was not asked: the body was too large, not JSON, or invalid and over 64 KiB.
 *
 * @example
 * ```ts
 * await using api = await startContractServer();
 * api.next("get_contact_group", { error: 50004 });
 * const query = "sdkappid=1400000000&identifier=administrator&usersig=xxx&random=1&contenttype=json";
 * const response = await fetch(`${api.url}/v4/recentcontact/get_contact_group?${query}`, {
 *   method: "POST",
 *   body: JSON.stringify({ From_Account: "user_0001", StartIndex: 0 }),
 * });
 * console.log(await response.json());
 * api.assertValid();
 * ```
 *
 * @throws {RangeError} when a limit is not a positive integer; an `Error` with `code: "EADDRINUSE"` when the port is taken.
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export async function startContractServer(options: ContractServerOptions = {}): Promise<ContractServer> {
  const { port = 0, host = "127.0.0.1", maxBodyBytes = 1024 * 1024, requestTimeoutMs = 10_000 } = options;
  const { maxExchanges = 10_000, clock = realClock } = options;
  requirePositive({ maxBodyBytes, requestTimeoutMs, maxExchanges });
  await loadPrism();
  const parts = { prism: loadPrism, ask: "every", maxBodyBytes, maxExchanges, clock } as const;
  const { api, answer } = createContract(parts);
  return Object.assign(api, await listen(answer, { port, host, maxBodyBytes, requestTimeoutMs, clock }));
}
