import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compareDescriptions } from "../../breaking/compare.ts";
import { missedByRules } from "../../breaking/second-opinion.ts";
import { bundle } from "../bundle.ts";
import { copyDescription, type Edit } from "../copy.ts";

/** The changes that edits of the files, by file, make in the bundle. The translations of a new text are missing, which only the exit code tells. */
async function changes(edits: Record<string, Edit>): Promise<string[]> {
  const folder = await copyDescription(edits);
  const file = join(folder, "dist/openapi.json");
  const before = join(folder, "before.json");
  writeFileSync(before, JSON.stringify(bundle));
  spawnSync(process.execPath, ["bundle/main.ts"], { cwd: folder });
  const found = compareDescriptions(bundle, JSON.parse(readFileSync(file, "utf8")) as object);
  return [...missedByRules(before, file, found), ...found].map(({ kind, subject }) => `${kind} ${subject}`);
}

test.each<[string, Record<string, Edit>, string[]]>([
  [
    "an entry added to the catalogue, with all that the bundler makes of it",
    { "errors/private.yaml": (entries) => entries.push({ ...entries[0], code: 51099, name: "NewFailure" }) },
    ["error-added 51099"],
  ],
  [
    "an entry removed, with all that the bundler made of it",
    { "errors/private.yaml": (entries) => entries.splice(-1) },
    ["error-removed 51013"],
  ],
  [
    "the limit of a name lowered, which is sent and read",
    { "components/schemas/GroupName.yaml": (schema) => (schema["x-maxBytes"] = 16) },
    ["request-limit-lowered GroupName"],
  ],
])("one change for %s", async (_, edits, expected) => {
  expect(await changes(edits)).toEqual(expected);
});
