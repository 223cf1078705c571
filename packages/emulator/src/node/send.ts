import type { ServerResponse } from "node:http";

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Names and values in turn, without `Content-Length`. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Sends an answer as a whole. */
export function sendWhole(outgoing: ServerResponse, answer: WireAnswer): void {
  const bytes = sendHead(outgoing, answer);
  // Most answers are ASCII, which is written without encoding it.
  outgoing.end(answer.body, bytes === answer.body.length ? "latin1" : "utf8");
}

/** Notes status and headers, which go out with the first bytes of the body. Returns the bytes of the body. */
export function sendHead(outgoing: ServerResponse, { status, headers, body }: WireAnswer): number {
  const bytes = Buffer.byteLength(body);
  outgoing.writeHead(status, status === 204 ? [...headers] : [...headers, "Content-Length", String(bytes)]);
  return bytes;
}
