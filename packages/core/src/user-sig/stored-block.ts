/** Most bytes that one stored block holds: its length is written in 16 bits. */
export const storedBlockBytes = 0xffff;

/**
 * Wraps bytes in a zlib stream (RFC 1950) of one stored block: header, length, its complement, the bytes, Adler-32.
 *
 * Nothing is compressed on purpose. The service takes any zlib stream, and the official Go library sends this one; the text of a
 * UserSig is no longer for it than most others, because a signature hardly compresses. In return a UserSig is made without
 * `CompressionStream`, which takes several times as long as everything else together.
 *
 * @param bytes At most `storedBlockBytes`.
 */
export function toStoredBlock(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const stream = new Uint8Array(length + 11);
  // An array of bytes keeps the lower eight bits of whatever is put into it.
  stream.set([0x78, 1, 1, length, length >> 8, ~length, ~length >> 8]);
  stream.set(bytes, 7);
  stream.set(adler32(bytes), length + 7);
  return stream;
}

/** The checksum with which a zlib stream ends: four bytes over what it holds, for no more bytes than a stored block takes. */
export function adler32(bytes: Uint8Array): readonly number[] {
  let low = 1;
  let high = 0;
  // For so few bytes the sums stay exact, so that one remainder at the end is enough.
  for (const byte of bytes) {
    low += byte;
    high += low;
  }
  low %= 65_521;
  high %= 65_521;
  return [high >> 8, high & 255, low >> 8, low & 255];
}
