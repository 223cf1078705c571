/** Texts as keys of a store, and their order, which is the same in all stores. */

/**
 * Returns a text as a key in SQLite. SQLite stores UTF-8, which has no half of a surrogate pair, and some of its tools end a text at a NUL.
 * Both are escaped, and so is the mark of an escape, so that different texts are always different keys.
 */
export function toKeyText(text: string): string {
  return rare.test(text) ? text.replace(allRare, escape) : text;
}

/** Returns the text of a key. */
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

/**
 * Compares two texts by the order of their keys in SQLite, which is that of UTF-8 and so of code points. In UTF-16, in which JavaScript
 * compares, U+10000 is before U+FFFD.
 */
export function compareKeyTexts(one: string, other: string): number {
  if (unordered.test(one) || unordered.test(other)) return compareCodePoints(toKeyText(one), toKeyText(other));
  return one < other ? -1 : Number(one > other);
}

/** Code units whose order is not that of the key. */
const unordered = /[\0\ud800-\uffff]/;

function compareCodePoints(one: string, other: string): number {
  for (let index = 0; index < one.length && index < other.length; index++) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (a === b) continue;
    return isSurrogate(a) === isSurrogate(b) ? a - b : Number(isSurrogate(a)) - Number(isSurrogate(b));
  }
  return one.length - other.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
