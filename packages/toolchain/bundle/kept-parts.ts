import { placeholder } from "./placeholders.ts";

/** What a translation must keep of a text, by the name that a message gives it. */
const kept: Readonly<Record<string, (text: string) => string[]>> = {
  placeholder: (text) => matches(text, placeholder),
  "code span": (text) => matches(text, codeSpan),
  link: (text) => matches(text, /(?<=\]\()[^)]+|https?:\/\/[\w./-]+/g),
  heading: (text) => matches(text, /^#+(?= )/gm),
  "list item": (text) => matches(text, /^ *([-*]|\d+\.)(?= )/gm),
  number: (text) => numbers(text),
  name: (text) => names(text),
  "end of a paragraph": (text) => matches(text.trim(), /\n{2,}/g).map(() => "¶"),
};

const codeSpan = /`[^`]+`/g;

/**
 * Returns what a translation lost or added of the parts that are equal in all languages, each as a short message: placeholders, code spans, links, headings,
 * list items, numbers, names and paragraphs. Numbers up to twelve may be words in one language and digits in another, and a name may be added.
 */
export function lostParts(original: string, translation: string): string[] {
  return Object.entries(kept).flatMap(([part, read]) => {
    const before = read(original);
    const after = read(translation);
    const lost = without(before, after).map((value) => `lost the ${part} ${value}`);
    const added = without(after, before).filter((value) => part !== "name" && !(part === "number" && +value <= 12));
    return [...lost, ...added.map((value) => `added the ${part} ${value}`)];
  });
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([match]) => match);
}

/** Returns the text without its code spans and placeholders, which are compared separately. */
function prose(text: string): string {
  return text.replaceAll(codeSpan, " ").replaceAll(placeholder, " ");
}

function numbers(text: string): string[] {
  return matches(prose(text).replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, ""), /\d+/g);
}

/** Words with a capital that is not their first letter, each once: UserSig, JSON, SOURCES.md. A plural is its singular, and "API" may be 接口. */
function names(text: string): string[] {
  const words = matches(prose(text), /[A-Za-z][\w.]*\w/g).map((word) => word.replace(/(?<=[A-Z])s$/, ""));
  return [...new Set(words.filter((word) => /^.+[A-Z]/.test(word) && word !== "API"))];
}

/** Returns the values of a list after each value of the other is removed once. */
function without(values: readonly string[], others: readonly string[]): string[] {
  const left = [...values];
  for (const other of others) {
    const index = left.indexOf(other);
    if (index !== -1) left.splice(index, 1);
  }
  return left;
}
