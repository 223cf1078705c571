/**
 * Text as a key in SQLite. SQLite stores UTF-8, which has no half of a surrogate pair, and some of its tools end a text at a NUL. These
 * are escaped, and so is the mark of an escape, so that different texts are always different keys.
 */
export function toKeyText(text: string): string {
  return rare.test(text) ? text.replace(allRare, escape) : text;
}

/** The text of a key. */
export function fromKeyText(key: string): string {
  return key.includes(mark) ? key.replace(escapes, unescape) : key;
}

/** A noncharacter, which Unicode keeps free for such use: https://www.unicode.org/faq/private_use.html#nonchar1 */
const mark = "\u{10FFFF}";
const rare = /[\0\p{Surrogate}\u{10FFFF}]/u;
const allRare = new RegExp(rare, "gu");
const escapes = /\u{10FFFF}([0-9a-f]{6})/gu;

function escape(character: string): string {
  return mark + (character.codePointAt(0) ?? 0).toString(16).padStart(6, "0");
}

function unescape(_: string, hex: string): string {
  return String.fromCodePoint(Number.parseInt(hex, 16));
}
