/** Writes into the README what each part of `createClient` weighs: `pnpm --filter @contact-groups/client run weigh`. */
import { readFileSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The parts, by their files. A file belongs to the first that fits. */
const parts: readonly (readonly [name: string, files: RegExp])[] = [
  ["checks of requests, with the fields of the description", /core\/src\/check\/|model\/requestBodies/],
  [
    "long lists, pages, items that failed",
    /src\/(?:batch|pages|progress|partial-failure|declared|own-pointers)|model\/operations/,
  ],
  ["errors, and the table of the catalogue", /src\/errors\/|src\/response|model\/error/],
  ["rate limit", /src\/(?:rate|memory-rate|permit|turnstile|adaptive|fifo)/],
  ["one call and its attempts, retries, transport", /src\/(?:call|attempt|retry|transport|json|abort|clock|exact)/],
  ["UserSig: signing, renewal, clock of the service", /user-sig/],
  [
    "options, credentials, runtime: their checks",
    /src\/(?:client-options|option-names|preconditions|did-you-mean|arguments)/,
  ],
  ["redaction", /src\/redact/],
  ["methods, URLs, middlewares, logs, regions", /./],
];

const folder = fileURLToPath(new URL(".", import.meta.url));
const { outputFiles } = await build({
  stdin: { contents: 'export { createClient } from "./src/index.ts"', resolveDir: folder },
  bundle: true,
  minify: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  write: false,
  sourcemap: "external",
  outfile: "bundle.js",
});
const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
const code = text(".js");
const map = new SourceMap(JSON.parse(text(".map")));

/** The code of each part; what no file wrote, such as brackets between them, belongs to the last. */
const lines = code.split("\n");
const partOf = (line: number, column: number): number => {
  const { originalSource = "" } = map.findEntry(line, column) as { readonly originalSource?: string };
  return parts.findIndex(([, files]) => files.test(originalSource));
};
const owners = lines.flatMap((line, index) => [...line].map((_, column) => partOf(index, column)));
const letters = lines.flatMap((line) => [...line]);
const bytes = (kept: readonly string[]): number => gzipSync(kept.join(""), { level: 9 }).length;

const whole = bytes(letters);
const weights = parts.map(([name], part) => ({
  name,
  weight: whole - bytes(letters.filter((_, at) => owners[at] !== part)),
}));
const rows = weights
  .toSorted((one, other) => other.weight - one.weight)
  .map(({ name, weight }) => `| ${name} | ${(weight / 1000).toFixed(1)} kB |`);
const table = ["| part | without it, less |", "| --- | --- |", ...rows].join("\n");

const readme = `${folder}README.md`;
const [before = "", rest = ""] = readFileSync(readme, "utf8").split("<!-- weights -->\n");
const after = rest.slice(rest.indexOf("<!-- /weights -->"));
if (!after) throw new Error("README.md has no place for the weights between <!-- weights --> and <!-- /weights -->.");
writeFileSync(readme, `${before}<!-- weights -->\n\n${table}\n\n${after}`);
console.log(table);
