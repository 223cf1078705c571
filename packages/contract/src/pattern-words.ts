/** Says in words which texts a pattern of the description allows: a regular expression is no explanation. */

/** A pattern of one class of characters, such as `^[0-9]{1,10}$`. All patterns of the description are of this kind. */
const oneClass = /^\^\[(?!\^)(?<characters>(?:[^\]\\]|\\.)+)\](?:\+|\*|\{(?<least>\d+),(?<most>\d+)\})\$$/;

const ranges: readonly (readonly [range: string, words: string])[] = [
  [String.raw`\x20-\x7E`, "printable ASCII characters"],
  ["A-Za-z", "letters"],
  ["a-z", "lower-case letters"],
  ["A-Z", "upper-case letters"],
  ["0-9", "digits"],
];

/** Returns what a text must be: `must be 1 to 10 digits`, `must have only letters, digits, *, _ and -`. */
export function patternWords(pattern: string): string {
  const { characters, least, most } = oneClass.exec(pattern)?.groups ?? {};
  if (characters === undefined) return `must match ${pattern}`;
  let rest = characters;
  const words = ranges.flatMap(([range, name]) => {
    if (!rest.includes(range)) return [];
    rest = rest.replace(range, "");
    return [name];
  });
  const all = [...words, ...rest];
  const list = all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
  return least === undefined ? `must have only ${list}` : `must be ${least} to ${most} ${list}`;
}
