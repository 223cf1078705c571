import { promisify } from "node:util";
import { brotliDecompress, inflateRaw, unzip } from "node:zlib";

const decoders: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, Buffer>(unzip),
  "x-gzip": promisify<Buffer, Buffer>(unzip),
  // By the standard with a zlib header; some servers send it without.
  deflate: (bytes) => promisify<Buffer, Buffer>(((bytes[0] ?? 0) & 0x0f) === 8 ? unzip : inflateRaw)(bytes),
  br: promisify<Buffer, Buffer>(brotliDecompress),
};

/**
 * Undoes the encodings of a body. The transport asks for none, since small bodies do not gain from it, but a proxy may not care.
 * An encoding that is not known is left as it is, as `fetch` does it.
 */
export async function decode(bytes: Buffer, encodings: string): Promise<Buffer> {
  let decoded = bytes;
  for (const name of encodings.toLowerCase().split(",").toReversed()) {
    decoded = (await decoders[name.trim()]?.(decoded)) ?? decoded;
  }
  return decoded;
}
