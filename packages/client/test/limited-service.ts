import type { Clock } from "@contact-groups/core/clock";
import { errorCodes } from "@contact-groups/openapi/model";
import type { Transport } from "../src/index.ts";
import { failed, okBody } from "./respond.ts";

/** How a service and the way to it behave. */
export interface LimitedServiceOptions {
  readonly clock: Clock & { sleep(ms: number): Promise<void> };
  /** Calls that it accepts in any second, or in each second of its own clock. */
  readonly quota: number;
  readonly counts: "any second" | "each second";
  /** Returns the time that a new connection takes, in milliseconds. */
  readonly connectMs: () => number;
  /** Returns the time from the arrival of a request to its response, in milliseconds. */
  readonly respondMs: () => number;
}

/** A service that rejects the calls beyond its quota, with the times at which requests arrived. */
export interface LimitedService {
  /** Creates the transport of a process, which has connections of its own. */
  transport(): Transport;
  readonly accepted: readonly number[];
  readonly rejected: readonly number[];
}

/** Creates a service that counts calls. */
export function createLimitedService(options: LimitedServiceOptions): LimitedService {
  const { clock, quota, counts, connectMs, respondMs } = options;
  const accepted: number[] = [];
  const rejected: number[] = [];
  let inSecond = 0;
  let second = -1;

  function accepts(now: number): boolean {
    if (counts === "any second") return accepted.length < quota || now - accepted.at(-quota)! > 1000;
    if (Math.floor(now / 1000) !== second) inSecond = 0;
    second = Math.floor(now / 1000);
    return ++inSecond <= quota;
  }

  return {
    accepted,
    rejected,
    transport() {
      let idle = 0;
      return async () => {
        if (idle > 0) idle--;
        else await clock.sleep(connectMs());
        const now = clock.now();
        const isAccepted = accepts(now);
        (isAccepted ? accepted : rejected).push(now);
        await clock.sleep(respondMs());
        idle++;
        const body = isAccepted ? okBody : failed(errorCodes.CallRateExceeded);
        return { status: 200, headers: { get: () => null }, text: JSON.stringify(body) };
      };
    },
  };
}
