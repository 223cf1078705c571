const encoder = new TextEncoder();

/** Bytes of the text in UTF-8. */
export function byteLength(text: string): number {
  // Most texts are short ASCII, for which nothing has to be encoded.
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) return encoder.encode(text).length;
  }
  return text.length;
}

/** Characters of the text, as JSON Schema counts them: code points, not UTF-16 code units. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let index = 0; index + 1 < text.length; index++) {
    const isHigh = (text.charCodeAt(index) & 0xfc00) === 0xd800;
    if (!isHigh || (text.charCodeAt(index + 1) & 0xfc00) !== 0xdc00) continue;
    count--;
    index++;
  }
  return count;
}
