import { ServerResponse, type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders } from "node:http";
import type { Clock } from "./clock.ts";

/** Returns the value of a clock as the header `Date` has it. */
export function httpDate(clock: Pick<Clock, "now">): string {
  return new Date(clock.now()).toUTCString();
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
