/** A text as one word of a POSIX shell, which takes nothing in it for anything but text. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
