import { addAbortSignal, type Transform } from "node:stream";
import { createBrotliDecompress, createInflateRaw, createUnzip } from "node:zlib";
import type { TransportRequest } from "../transport.ts";
import { collect } from "./collect.ts";

const decoders = new Map<string, (bytes: Buffer) => Transform>([
  ["gzip", () => createUnzip()],
  ["x-gzip", () => createUnzip()],
  // By the standard with a zlib header; some servers send it without.
  ["deflate", (bytes) => (((bytes[0] ?? 0) & 0x0f) === 8 ? createUnzip() : createInflateRaw())],
  ["br", () => createBrotliDecompress()],
]);

/**
 * Undoes the encodings of a body, each up to the limit and until the signal is aborted: 600 kB can hold 600 MB. The transport asks for
 * none, since small bodies do not gain from it, but a proxy may not care. An encoding that is not known is left as it is, as `fetch` does it.
 */
export async function decode(
  bytes: Buffer,
  encodings: string,
  { maxResponseBytes, signal }: TransportRequest,
): Promise<Buffer> {
  let decoded = bytes;
  for (const name of encodings.toLowerCase().split(",").toReversed()) {
    const decoder = decoders.get(name.trim())?.(decoded);
    if (decoder === undefined) continue;
    if (signal) addAbortSignal(signal, decoder);
    decoder.end(decoded);
    decoded = await collect(decoder, maxResponseBytes);
  }
  return decoded;
}
