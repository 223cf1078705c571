import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { errors, limitTexts } from "@contact-groups/openapi/model";
import { limitNumbers, unitsOf } from "@contact-groups/toolchain/bundle/numbers";
import { placeholder, valuesOf } from "@contact-groups/toolchain/bundle/placeholders";
import { expect, test } from "vitest";
import { bundleOf } from "../src/reference/bundle.ts";

const docs = fileURLToPath(new URL("../src/content/docs/", import.meta.url));
const words = fileURLToPath(new URL("../src/words/", import.meta.url));
const packages = fileURLToPath(new URL("../node_modules/@contact-groups/", import.meta.url));

const values = valuesOf(bundleOf("en"));
const units = unitsOf(values, limitTexts);
const codes = new Set<string>(Object.values(errors).map(({ code }) => String(code)));

/** The prose of the guides, and of the words of the site, by file. Code is run by other tests, and most attributes of a component are names. */
const prose: readonly (readonly [string, string])[] = [
  ...globSync("**/*.mdx", { cwd: docs })
    .toSorted()
    .map((page) => [page, withoutCode(readFileSync(join(docs, page), "utf8"))] as const),
  ...globSync("*.json", { cwd: words })
    .toSorted()
    .map((file) => [file, wordsOf(readFileSync(join(words, file), "utf8"))] as const),
];

function withoutCode(page: string): string {
  return page
    .replaceAll(/^```.*?^```$|^import [^\n]*$/gms, "")
    .replaceAll(/<\/?[A-Za-z][^>]*>/g, (tag) =>
      [...tag.matchAll(/(?:title|description)="([^"]*)"/g)].map(([, text]) => text).join("\n"),
    );
}

function wordsOf(json: string): string {
  return Object.values(JSON.parse(json) as Record<string, string>).join("\n");
}

test("guides and words of three languages are read", () => {
  const languages = ["", "zh-cn/", "ja/"].map((folder) =>
    prose.filter(([file]) => file.startsWith(`${folder}guides/`)),
  );
  expect(languages.map(({ length }) => length)).toEqual(Array.from({ length: 3 }, () => languages[0]?.length));
  expect(prose.filter(([file]) => file.endsWith(".json")).length).toBeGreaterThanOrEqual(2 * languages.length);
});

/** The limits that a text writes as numbers, with what to write. */
function limitsIn(text: string): string[] {
  return limitNumbers(text, values, units).map(
    (found) => `${found.written}: write <Limit name="${found.names.join('" /> or <Limit name="')}" />`,
  );
}

test.each(prose)("%s writes no limit as a number", (_, text) => {
  expect(limitsIn(text)).toEqual([]);
});

test("a limit that is written as a number is found", () => {
  expect(limitsIn("A user has at most 20 conversation groups, with HTTP 200.")).toEqual([
    '20: write <Limit name="limits.groupsPerUser" />',
  ]);
});

/** Versions of Node.js that a package needs, as a text writes them. */
const nodeVersions = ["client", "emulator", "contract"].map((name) => {
  const { engines } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as {
    readonly engines: { readonly node: string };
  };
  return engines.node.replace(/^>=/, "").replace(/\.0$/, "");
});

/** Statuses of HTTP that the texts name: of the service, and of a gateway in front of it. */
const statuses = ["200", "502"];

/** The numbers of ten or more in a text that are neither an error code of the catalogue, nor a status, nor a version that a package needs. */
function numbersIn(text: string): string[] {
  const plain = text.replaceAll(/https?:\/\/\S+|`[^`]+`|\]\([^)]+\)/g, " ").replaceAll(placeholder, " ");
  const numbers = [...plain.matchAll(/(?<![\w.-])\d+(?:[.,]\d+)*/g)].map(([number]) => number);
  const known = new Set([...codes, ...statuses, ...nodeVersions, "127.0.0.1"]);
  return numbers.filter((number) => number.length > 1 && !known.has(number));
}

test.each(prose)("%s has no number without a source", (_, text) => {
  expect(numbersIn(text)).toEqual([]);
});

test("a number without a source is found", () => {
  expect(numbersIn("At most 37 a day, else 51010 or 51999; HTTP 200, UTF-8, Node.js 21.")).toEqual([
    "37",
    "51999",
    "21",
  ]);
});

/** Every word of the description, of what the packages export, and of the options of the site. */
const known = new Set(
  [
    JSON.stringify(bundleOf("en")),
    readFileSync(fileURLToPath(new URL("../src/site-options.ts", import.meta.url)), "utf8"),
    ...["client", "emulator", "contract"].flatMap((name) =>
      globSync("dist/**/*.d.{ts,mts}", { cwd: join(packages, name) }).map((file) =>
        readFileSync(join(packages, name, file), "utf8"),
      ),
    ),
  ].flatMap((text) => text.match(/\w+/g) ?? []),
);

/** Names of other programs and standards, and of the branch that is published. */
const others = new Set(["TypeScript", "JavaScript", "OpenAPI", "SQLite", "Date", "curl", "meta", "mark", "main"]);

/** The names of fields, operations, options and types in a text that neither the description nor a package has. */
function unknownNames(text: string): string[] {
  const spans = [...text.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span);
  // A command, a path, a variable of the environment, a value such as `user_9999`.
  const code = spans.filter((span) => !/^(npx|-|\.)|\/|\.(?:md|mjs)$|^[A-Z_]+$|_\d+$/.test(span));
  const camelCase = text.replaceAll(/`[^`]*`|\{\w+\}|https?:\/\/\S+/g, " ").match(/\b[A-Z][a-z]+[A-Z]\w*/g) ?? [];
  const names = [...code.flatMap((span) => span.match(/[A-Za-z_]\w+/g) ?? []), ...camelCase];
  return [...new Set(names.filter((name) => !known.has(name) && !others.has(name)))];
}

test.each(prose)("%s names only fields, operations, options and types that exist", (_, text) => {
  expect(unknownNames(text)).toEqual([]);
});

test("a name that nothing has is found", () => {
  expect(
    unknownNames("`GroupName`, `GroupTitle` and `createGroups({ retry })`, by the ErrorKode of `mark_contact`."),
  ).toEqual(["GroupTitle", "createGroups", "ErrorKode"]);
});
