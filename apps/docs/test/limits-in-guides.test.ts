import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { limitNumbers, unitsOf } from "@contact-groups/toolchain/bundle/numbers";
import { valuesOf } from "@contact-groups/toolchain/bundle/placeholders";
import { expect, test } from "vitest";
import { limitTexts } from "@contact-groups/openapi/model";
import { bundleOf } from "../src/reference/bundle.ts";

const docs = fileURLToPath(new URL("../src/content/docs/", import.meta.url));
const values = valuesOf(bundleOf("en"));
const units = unitsOf(values, limitTexts);

/** The limits that a page writes as numbers, with what to write. */
function written(page: string): string[] {
  // Code is run by other tests, and the attributes of a component are names.
  const prose = page.replaceAll(/^```.*?^```$|<[A-Z][^>]*>|^import .*$/gms, "");
  return limitNumbers(prose, values, units).map(
    (found) => `${found.written}: write <Limit name="${found.names.join('" /> or <Limit name="')}" />`,
  );
}

test.each(globSync("**/*.mdx", { cwd: docs }).toSorted())("%s writes no limit as a number", (page) => {
  expect(written(readFileSync(join(docs, page), "utf8"))).toEqual([]);
});

test("a limit that is written as a number is found", () => {
  expect(written("A user has at most 20 conversation groups, answered with HTTP 200.")).toEqual([
    '20: write <Limit name="limits.groupsPerUser" />',
  ]);
});
