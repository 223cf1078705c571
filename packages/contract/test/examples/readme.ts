/** The README's snippets, as they are and with one edit. */
import { readFileSync } from "node:fs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** Every snippet, in its order. */
export const snippets: readonly string[] = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

const [first = ""] = snippets;
const [firstLine = "", secondLine = ""] = first.split("\n");
/** Replacements that the text below the first snippet names. */
const said = (pattern: RegExp): string => pattern.exec(readme)?.[1] ?? "";

/** The first snippet for each runner, as the README describes it. */
export const firstSnippet: Readonly<Record<"vitest" | "node:test" | "jest", string>> = {
  vitest: first,
  "node:test": first.replace(secondLine, said(/With `node:test`, the second line is\s`(.*?)`/)),
  jest: first.replace(secondLine, "").replace(firstLine, said(/the first one is\s`(.*?)`/)),
};

/** Replaces one text. Throws an `Error` when the text does not occur. */
export function edited(code: string, text: string, by: string): string {
  if (!code.includes(text)) throw new Error(`The snippet has no ${JSON.stringify(text)} any more.`);
  return code.replace(text, by);
}

/** Adds a mistake to the call of the first snippet, which the server reports. */
export const withMistake = (code: string): string => edited(code, ", StartIndex: 0", "");
