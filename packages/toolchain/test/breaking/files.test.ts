import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareDescriptions } from "../../breaking/compare.ts";
import { missedByRules } from "../../breaking/second-opinion.ts";
import { pipeline } from "../../bundle/pipeline.ts";
import { bundle } from "../bundle.ts";
import { type Edit, edited, folder } from "../edited.ts";

/** The changes that edits of the files, by file, make in the bundle. */
async function changes(edits: Record<string, Edit>): Promise<string[]> {
  const { problems, source } = await pipeline(folder, edited(edits))();
  expect(problems).toEqual([]);
  const scratch = mkdtempSync(join(tmpdir(), "openapi-"));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  const [before, after] = [bundle, source!.content].map((document, index) => {
    writeFileSync(join(scratch, `${index}.json`), JSON.stringify(document));
    return join(scratch, `${index}.json`);
  }) as [string, string];
  const found = compareDescriptions(bundle, source!.content);
  return [...missedByRules(before, after, found), ...found].map(({ kind, subject }) => `${kind} ${subject}`);
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
  [
    "a limit raised that texts of the catalogue name",
    { "limits.yaml": (limits) => (limits.groupsPerUser.maximum = 25) },
    ["limit-raised groupsPerUser"],
  ],
  [
    "a text changed in words next to a limit",
    {
      "limits.yaml": (limits) => (limits.groupsPerUser.maximum = 25),
      "errors/private.yaml": (entries) => {
        entries.find(({ code }: any) => code === 51010).message = "No more than {limits.groupsPerUser} groups.";
      },
    },
    ["limit-raised groupsPerUser", "text-changed 51010"],
  ],
])("gives a change without its followers for %s", async (_, edits, expected) => {
  expect(await changes(edits)).toEqual(expected);
});
