/* oxlint-disable unicorn/no-useless-spread -- a line for each kind */
import * as fc from "fast-check";
import type { Wire } from "./good-requests.ts";
import { mutatedRequests } from "./mutated-requests.ts";

/** What is sent on one connection, in pieces, and how the sender leaves. */
export interface Conversation {
  /** One character for each byte, so that a failure can be read. */
  readonly text: string;
  /** Where the bytes are cut into pieces that are sent apart. */
  readonly cuts: readonly number[];
  /** `end` waits for the responses, `destroy` does not. */
  readonly leave: "end" | "destroy";
}

type Change = (bytes: Buffer) => Buffer;

const odd: readonly string[] = [
  "\r\n",
  "\n",
  "\r",
  "\0",
  "\r\n\r\n",
  " ",
  ":",
  "HTTP/1.1",
  "HTTP/9.9",
  "GET / HTTP/1.1\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "Content-Length: 5\r\n",
  "Content-Length: -1\r\n",
  "Content-Length: 99999999999999999999\r\n",
  "Transfer-Encoding: chunked\r\n",
  "Transfer-Encoding: gzip\r\n",
  "Expect: 100-continue\r\n",
  "Expect: x\r\n",
  "Upgrade: websocket\r\nConnection: Upgrade\r\n",
  "Connection: close\r\n",
  "Host: a\r\n",
  "\0",
  "x".repeat(2e4),
  `X: ${"y".repeat(2e4)}\r\n`,
  "A: b\r\n".repeat(3e3),
  "5\r\nhello\r\n0\r\n\r\n",
  "ffffffffffffffff\r\n",
  "ÿþ",
];

/** Changes of the bytes themselves, whatever they mean. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.nat(), fc.constantFrom(...odd)).map(
    ([place, text]): Change =>
      (bytes) =>
        spliced(bytes, place, 0, Buffer.from(text, "latin1")),
  ),
  fc.tuple(fc.nat(), fc.nat(8), fc.uint8Array({ maxLength: 8 })).map(
    ([place, removed, added]): Change =>
      (bytes) =>
        spliced(bytes, place, removed, added),
  ),
  fc.nat().map(
    (place): Change =>
      (bytes) =>
        bytes.subarray(0, place % (bytes.length + 1)),
  ),
  fc.constant<Change>((bytes) => Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")),
  fc.constant<Change>((bytes) => Buffer.from(bytes.toString("latin1").replaceAll(": ", " : "), "latin1")),
);

/** One to four requests one after the other, with up to three changes. */
export const conversations: fc.Arbitrary<Conversation> = fc
  .record({
    wires: fc.array(fc.tuple(mutatedRequests, fc.boolean()), { minLength: 1, maxLength: 4 }),
    changes: fc.array(change, { maxLength: 3 }),
    cuts: fc.array(fc.nat(), { maxLength: 3 }),
    leave: fc.constantFrom("end" as const, "end" as const, "destroy" as const),
  })
  .map(({ wires, changes, cuts, leave }) => {
    const whole = Buffer.concat(wires.map(([wire, isChunked]) => toBytes(wire, isChunked)));
    const bytes = changes.reduce<Buffer>((before, it) => it(before), whole);
    const places = cuts.map((cut) => cut % (bytes.length + 1));
    return { text: bytes.toString("latin1"), cuts: places.toSorted((a, b) => a - b), leave };
  });

/** A request as HTTP/1.1 has it. */
export function toBytes({ method, path, query, headers, body }: Wire, isChunked = false): Buffer {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const framing = isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${body.length}`;
  const head = [`${method} ${path}?${query} HTTP/1.1`, "Host: localhost", ...fields, framing, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "utf8"), isChunked ? chunked(body) : body]);
}

function chunked(body: Uint8Array): Buffer {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < body.length; start += 1000) {
    const chunk = body.subarray(start, start + 1000);
    chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n"));
  }
  return Buffer.concat([...chunks, Buffer.from("0\r\n\r\n")]);
}

function spliced(bytes: Buffer, place: number, removed: number, added: Uint8Array): Buffer {
  const at = place % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
}
