/**
 * Returns a text as one word of a POSIX shell. Within single quotes, no character has a meaning except for the next single quote: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 *
 * A command may still read a word that begins with `-` as an option: write `--name=` before it, in the same text.
 *
 * @throws A `RangeError` for a text with a NUL, which no argument can hold.
 */
export function shellWord(text: string): string {
  if (text.includes("\0")) throw new RangeError("An argument of a command cannot hold a NUL.");
  if (/^[\w./:=@%+,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
