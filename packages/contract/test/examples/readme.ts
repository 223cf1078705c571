/** The README's snippets, as they are and with one edit. */
import { readFileSync } from "node:fs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** Every snippet that needs the client, in its order. */
export const snippets: readonly string[] = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

/** What the README says to do with a test runner, in an empty folder. */
export interface FirstTest {
  /** Packages after `npm install --save-dev`. */
  readonly packages: readonly string[];
  readonly file: string;
  readonly code: string;
  /** The command that runs it, in words. */
  readonly command: readonly string[];
}

/** The first test of each runner, by the title of its part of the README. */
export const firstTests: Readonly<Record<"Begin" | "node:test" | "jest" | "Python", FirstTest>> = {
  Begin: firstTest("Begin"),
  "node:test": firstTest("node:test"),
  jest: firstTest("jest"),
  Python: firstTest("Python"),
};

function firstTest(title: string): FirstTest {
  const [, part = ""] = new RegExp(`^##+ ${title}\n(.*?)(?=^##+ )`, "ms").exec(readme) ?? [];
  const [, file = "", inText] = /Save this as `([^`]*)`(?:, and run `([^`]*)`)?:$/m.exec(part) ?? [];
  const [, code = ""] = /^```(?:js|python)\n(.*?)^```$/ms.exec(part) ?? [];
  const lines = [...part.matchAll(/^```sh\n(.*)\n```$/gm)].map(([, line = ""]) => line);
  const installing = lines.find((line) => line.startsWith("npm install --save-dev "));
  const command = inText ?? lines.find((line) => line !== installing);
  if (code === "" || command === undefined) throw new Error(`The part "${title}" of the README has no first test.`);
  return { packages: installing?.split(" ").slice(3) ?? [], file, code, command: command.split(" ") };
}

/** Replaces one text. Throws an `Error` when the text does not occur. */
export function edited(code: string, text: string, by: string): string {
  if (!code.includes(text)) throw new Error(`The snippet has no ${JSON.stringify(text)} any more.`);
  return code.replace(text, by);
}

/** Adds a mistake to the call of a first test, which the server reports. */
export const withMistake = (code: string): string => edited(code, /, "?StartIndex"?: 0/.exec(code)?.[0] ?? "", "");

/** Lets a first test fail by its own assertion, with a valid call. */
export const withWrongAssertion = (code: string): string =>
  edited(
    code,
    /toHaveLength\(2\)|, 2\);?$/m.exec(code)?.[0] ?? "",
    code.includes("toHaveLength(2)") ? "toHaveLength(3)" : ", 3)",
  );
