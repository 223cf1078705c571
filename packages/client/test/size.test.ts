/** What the package adds to a program's bundle, minified and compressed by gzip, against the table in the README. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import preset from "@size-limit/preset-small-lib";
import sizeLimit from "size-limit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pack, root, type Packed } from "./packed.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const budgets = [...readme.matchAll(/^\| `([^`]+)` +\|[^|]+\| ([\d.]+) kB +\|$/gm)].map(
  ([, what = "", kilobytes]) => [what, Number(kilobytes) * 1000] as const,
);

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
});
afterAll(() => packed.remove());

test("the README has a budget for createClient and for each entry", () => {
  const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
  const whats = entries.map((entry) => join(name, entry));
  expect(budgets[0]?.[0]).toBe("{ createClient }");
  expect(budgets.slice(1).map(([what]) => what)).toEqual(whats);
});

test.each(budgets)("%s is at most %d bytes", async (what, most) => {
  const entry = what.startsWith("{") || what === name ? "index" : what.slice(name.length + 1);
  const size = await sizeOf(entry, what.startsWith("{") ? what : "*");
  console.log(`${what}: ${size} bytes`);
  expect(size).toBeGreaterThan(500);
  expect(size).toBeLessThanOrEqual(most);
});

/** Bundles for no platform in particular, so that nothing is left out that one of them has. */
async function sizeOf(entry: string, names: string): Promise<number> {
  const path = join(packed.folder, "dist", `${entry}.js`);
  const check = { files: [], import: { [path]: names }, gzip: true, modifyRolldownConfig };
  const measured = await sizeLimit(preset, { checks: [check] });
  return (measured as { size: number }[])[0]?.size ?? Number.NaN;
}

function modifyRolldownConfig(config: object): object {
  return { ...config, platform: "neutral", external: [/^node:/, "@opentelemetry/api"] };
}
