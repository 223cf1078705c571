import { createFifo } from "./fifo.ts";
import type { Rate } from "./rate-limiter.ts";

/**
 * Longest time between sending a request and its arrival at the service that the rate is kept for, in milliseconds. A new connection over a long
 * distance takes 300 to 400.
 */
export const arrivalMs = 500;

/** A request that was sent. */
export interface Flight {
  readonly sentAt: number;
  /** Whether its latest arrival is known. */
  landed: boolean;
}

/**
 * The requests that the service may count at the same time as the next one. A request arrives between being sent and its response, at most
 * `arrivalMs` later. It counts from being sent until `seconds` after the end of that time, so that the service never gets more than `calls` in any
 * `seconds`, however long each of them was on its way.
 */
export interface RateWindow {
  /** Counts a request that is sent now. */
  send(now: number): Flight;
  /** The response has arrived. */
  land(flight: Flight, now: number): void;
  /** The request was not sent. It counts no longer. */
  forget(flight: Flight): void;
  /** Returns the milliseconds until one more request can be sent; 0 for now. */
  fullMs(now: number): number;
  /** Returns whether no request counts. */
  isEmpty(now: number): boolean;
}

/** Creates a window without requests. Its times must not go back. */
export function createRateWindow({ calls, seconds }: Rate): RateWindow {
  const flying = createFifo<Flight>();
  /** Latest arrivals, in their order. */
  const arrivals = createFifo<number>();
  let count = 0;

  function settle(now: number): void {
    for (let flight = flying.first(); flight; flight = flying.first()) {
      const latest = flight.sentAt + arrivalMs;
      if (!flight.landed) {
        if (latest > now) break;
        flight.landed = true;
        arrivals.push(latest);
      }
      flying.shift();
    }
    // One that arrived exactly `seconds` ago still counts.
    while (arrivals.first()! + seconds * 1000 < now) {
      arrivals.shift();
      count--;
    }
  }

  return {
    send(now) {
      const flight = { sentAt: now, landed: false };
      flying.push(flight);
      count++;
      return flight;
    },
    land(flight, now) {
      settle(now);
      if (flight.landed) return;
      flight.landed = true;
      arrivals.push(now);
    },
    forget(flight) {
      if (flight.landed) return;
      flight.landed = true;
      count--;
    },
    fullMs(now) {
      settle(now);
      if (count < calls) return 0;
      // Clocks round down, so the end of the time is too early.
      return (arrivals.first() ?? flying.first()!.sentAt + arrivalMs) + seconds * 1000 + 1 - now;
    },
    isEmpty(now) {
      settle(now);
      return count === 0;
    },
  };
}
