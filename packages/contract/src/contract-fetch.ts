import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import type { Contract } from "./contract.ts";
import { createContract, requirePositive } from "./create-contract.ts";
import { loadPrism } from "./prism.ts";

export interface ContractFetchOptions {
  /** Largest body in bytes that is read. The default is 1 MiB. */
  readonly maxBodyBytes?: number;
  /** Most calls that are remembered; of more, the oldest are forgotten. The default is 10,000. */
  readonly maxExchanges?: number;
  /**
   * Which requests Prism judges: `refused`, the default, those that the checks of its own refuse, so that Prism has the
   * last word on every refusal; or `every` one, as `startContractServer` does.
   */
  readonly prism?: "refused" | "every";
  /** Time of the recording, of delays and of each response's `Date`, for tests of time. The default is the machine's. */
  readonly clock?: Clock;
}

/**
 * Makes a contract server without a socket: its `fetch` answers what the server would. It is ready at once, and several times as fast,
 * for Prism is loaded and asked only about requests that are refused.
 *
 * @example
 * ```ts
 * const api = createContractFetch();
 * const query = "sdkappid=1400000000&identifier=administrator&usersig=xxx&random=1&contenttype=json";
 * const response = await api.fetch(`/v4/recentcontact/get_contact_group?${query}`, {
 *   method: "POST",
 *   body: JSON.stringify({ From_Account: "user_0001", StartIndex: 0 }),
 * });
 * console.log(await response.json());
 * api.assertValid();
 * ```
 *
 * @throws {RangeError} when a limit is not a positive integer.
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export function createContractFetch(options: ContractFetchOptions = {}): Contract {
  const { maxBodyBytes = 1024 * 1024, maxExchanges = 10_000, prism = "refused", clock = realClock } = options;
  requirePositive({ maxBodyBytes, maxExchanges });
  return createContract({ prism: loadPrism, ask: prism, maxBodyBytes, maxExchanges, clock }).api;
}
