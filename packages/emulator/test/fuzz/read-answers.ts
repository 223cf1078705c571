/** An answer as it came over a connection. */
export interface WireAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * Takes the answers of one connection apart. The last one may be cut off, as the other side may have left; whatever else is no HTTP throws.
 */
export function readAnswers(bytes: Buffer): readonly WireAnswer[] {
  const answers: WireAnswer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    const head = rest.subarray(0, end < 0 ? rest.length : end).toString("latin1");
    const [, status] = /^HTTP\/1\.1 (\d{3}) [A-Z]/i.exec(head) ?? [];
    if (status === undefined && end < 0) return answers;
    if (status === undefined) throw new Error(`This is no head of an answer: ${JSON.stringify(head.slice(0, 200))}`);
    if (end < 0) return answers;
    rest = rest.subarray(end + 4);
    // So are refused by Node itself: a request without a host, and one with an unknown expectation.
    if (/^transfer-encoding: chunked$/im.test(head)) {
      if (!rest.subarray(0, 5).equals(Buffer.from("0\r\n\r\n"))) throw new Error("An answer in chunks has a body.");
      answers.push({ status: Number(status), head, body: "" });
      rest = rest.subarray(5);
      continue;
    }
    // What answers HEAD, 100 and 204 has a length or none, but no body.
    const isEmpty = rest.length === 0 || rest.subarray(0, 9).toString("latin1") === "HTTP/1.1 ";
    const length = isEmpty ? 0 : Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    if (rest.length < length) return answers;
    answers.push({ status: Number(status), head, body: rest.subarray(0, length).toString("utf8") });
    rest = rest.subarray(length);
  }
  return answers;
}
