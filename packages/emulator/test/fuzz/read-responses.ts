/** A response as it came over a connection. */
export interface ReceivedResponse {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * Parses the responses of one connection. The last one can be cut off, because the other side may have left; anything else that is not HTTP throws.
 */
export function readResponses(bytes: Buffer): readonly ReceivedResponse[] {
  const responses: ReceivedResponse[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    const head = rest.subarray(0, end < 0 ? rest.length : end).toString("latin1");
    const [, status] = /^HTTP\/1\.1 (\d{3}) [A-Z]/i.exec(head) ?? [];
    if (status === undefined && end < 0) return responses;
    if (status === undefined)
      throw new Error(`This is not the head of a response: ${JSON.stringify(head.slice(0, 200))}`);
    if (end < 0) return responses;
    rest = rest.subarray(end + 4);
    // Node itself rejects a request without a host, and one with an unknown expectation, in this way.
    if (/^transfer-encoding: chunked$/im.test(head)) {
      if (!rest.subarray(0, 5).equals(Buffer.from("0\r\n\r\n"))) throw new Error("A response in chunks has a body.");
      responses.push({ status: Number(status), head, body: "" });
      rest = rest.subarray(5);
      continue;
    }
    // A response to HEAD, 100 and 204 can have a length, but has no body.
    const isEmpty = rest.length === 0 || rest.subarray(0, 9).toString("latin1") === "HTTP/1.1 ";
    const length = isEmpty ? 0 : Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    if (rest.length < length) return responses;
    responses.push({ status: Number(status), head, body: rest.subarray(0, length).toString("utf8") });
    rest = rest.subarray(length);
  }
  return responses;
}
