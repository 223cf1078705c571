import { ServerResponse, type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders } from "node:http";
import type { Clock } from "@contact-groups/core/clock";
import { createHttpDate } from "@contact-groups/core/http-date";

/**
 * Creates the class of a server's responses, whose `Date` is the time of a clock. Node would send the machine's time, also with the
 * responses that it sends by itself: 400 to a request without `Host`, 417 to an unknown `Expect`. A `Date` that a test has planned stays.
 */
export function datedResponse(clock: Pick<Clock, "now">): typeof ServerResponse<IncomingMessage> {
  const date = createHttpDate(clock);
  return class extends ServerResponse {
    override writeHead(status: number, ...rest: readonly unknown[]): this {
      this.setHeader("Date", date());
      return super.writeHead(status, ...(rest as [(OutgoingHttpHeaders | OutgoingHttpHeader[])?]));
    }
  };
}
