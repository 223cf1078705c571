/** Length of a text in UTF-8, in bytes, without encoding it. Undefined if it holds half of a surrogate pair, which UTF-8 cannot. */
export function utf8Bytes(text: string): number | undefined {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(index + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return undefined;
    // Two units, counted once each, and two bytes more.
    index++;
  }
  return bytes;
}
