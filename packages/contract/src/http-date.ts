import { ServerResponse, type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders } from "node:http";
import type { Clock } from "./clock.ts";

/** Returns the time of a clock as the header `Date` has it, or the machine's when the clock throws: that must not end the process. */
export function httpDate(clock: Pick<Clock, "now">): string {
  try {
    return new Date(clock.now()).toUTCString();
  } catch {
    return new Date().toUTCString();
  }
}

/**
 * Creates the class of a server's responses, whose `Date` is the time of a clock. Node would send the machine's time, also with the
 * responses that it sends by itself: 400 to a request without `Host`, 417 to an unknown `Expect`. A `Date` that a test has planned stays.
 */
export function datedResponse(clock: Pick<Clock, "now">): typeof ServerResponse<IncomingMessage> {
  return class extends ServerResponse {
    override writeHead(status: number, ...rest: readonly unknown[]): this {
      this.setHeader("Date", httpDate(clock));
      return super.writeHead(status, ...(rest as [(OutgoingHttpHeaders | OutgoingHttpHeader[])?]));
    }
  };
}
