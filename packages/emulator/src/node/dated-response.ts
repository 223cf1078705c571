import { ServerResponse, type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders } from "node:http";

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * Creates the class of a server's responses, whose `Date` is that of the emulator's clock. Node would send the machine's time, also with
 * the responses that it sends by itself: 400 to a request without `Host`, 417 to an unknown `Expect`.
 */
export function datedResponse(date: () => string): typeof ServerResponse<IncomingMessage> {
  return class extends ServerResponse {
    override writeHead(status: number, ...rest: readonly (string | Headers | undefined)[]): this {
      // A reason phrase in front of the headers goes unused: HTTP has one for each status.
      const headers = rest.find((part) => typeof part === "object") ?? [];
      const dated = Array.isArray(headers) ? [...headers, "Date", date()] : { ...headers, Date: date() };
      return super.writeHead(status, dated);
    }
  };
}
