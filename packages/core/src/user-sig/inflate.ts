import { adler32 } from "./stored-block.ts";

/** What a zlib stream holds, or what is wrong with it. */
export type Inflated = Uint8Array<ArrayBuffer> | "not a zlib stream" | "too long";

/**
 * Inflates a zlib stream, of any level, and stops as soon as there is more than `limit` bytes: a small stream can hold gigabytes.
 *
 * @param limit Most bytes that come out; no more than a stored block takes.
 * @param Decompression The runtime's own, unless given.
 */
export async function inflate(
  stream: Uint8Array<ArrayBuffer>,
  limit: number,
  Decompression: typeof DecompressionStream = DecompressionStream,
): Promise<Inflated> {
  if (hasOddHeader(stream)) return "not a zlib stream";
  const { writable, readable } = new Decompression("deflate");
  const writer = writable.getWriter();
  const reader = readable.getReader();
  // What is wrong with the stream is known to the reader as well.
  const ignore = () => {};
  writer.write(stream).catch(ignore);
  writer.close().catch(ignore);

  const inflated = new Uint8Array(limit);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > limit) {
        reader.cancel().catch(ignore);
        return "too long";
      }
      inflated.set(value, length);
      length += value.length;
    }
  } catch {
    return "not a zlib stream";
  }
  const bytes = inflated.subarray(0, length);
  return endsIn(stream, adler32(bytes)) ? bytes : "not a zlib stream";
}

/** Not every runtime minds if the end is missing (Deno 2.9), or if something follows it (Node.js 20). */
function endsIn(stream: Uint8Array, checksum: readonly number[]): boolean {
  return checksum.every((byte, index) => stream.at(index - checksum.length) === byte);
}

/**
 * Whether a stream that begins with a stored block has another header than it should: bits set that mean nothing, or no mark of the last
 * block on one that fills the stream. Each would be another text for the same UserSig.
 */
function hasOddHeader(stream: Uint8Array): boolean {
  const [, , block = 0, low = 0, high = 0] = stream;
  if ((block & 0b110) !== 0) return false;
  const fillsIt = low + 256 * high + 11 === stream.length;
  return block > 1 || (block === 0 && fillsIt);
}
