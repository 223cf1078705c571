import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import type { Contract } from "./contract.ts";
import { createContract, requirePositive } from "./create-contract.ts";
import { createCredentialCheck, type CredentialOptions } from "./credentials.ts";
import { loadPrism } from "./load-prism.ts";

/** Options of `createContractFetch`. */
export interface ContractFetchOptions extends CredentialOptions {
  /**
   * Maximum size in bytes of a request body.
   *
   * @default 1_048_576
   */
  readonly maxBodyBytes?: number;
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

/**
 * Creates a contract server without a socket: its `fetch` returns the responses of the server. It is ready at once; Prism is loaded by the
 * first call.
 *
 * @param options Limits and the clock.
 * @returns The contract, with its `fetch`.
 * @throws {RangeError} when a limit is not a positive integer.
 * @throws {Error} when `secretKey`, `sdkAppId` or `administrators` cannot be right.
 * @example
 * ```ts
 * const api = createContractFetch();
 * const query = "sdkappid=1400000000&identifier=administrator&usersig=xxx&random=1&contenttype=json";
 * const response = await api.fetch(`/v4/recentcontact/get_contact_group?${query}`, {
 *   method: "POST",
 *   headers: { "Content-Type": "application/json" },
 *   body: JSON.stringify({ From_Account: "user_0001", StartIndex: 0 }),
 * });
 * console.log(await response.json());
 * api.assertValid();
 * ```
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export function createContractFetch(options: ContractFetchOptions = {}): Contract {
  const { maxBodyBytes = 1024 * 1024, maxExchanges = 10_000, clock = realClock, secretKey } = options;
  requirePositive({ maxBodyBytes, maxExchanges });
  const checkCredentials = createCredentialCheck(options, clock);
  return createContract({ prism: loadPrism, maxBodyBytes, maxExchanges, checkCredentials, secretKey, clock }).api;
}
