import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Change, compareDescriptions } from "../../breaking/compare.ts";
import { crossCheck } from "../../breaking/cross-check.ts";
import { bundle } from "../bundle.ts";
import { type Edit, edited, makeFrom } from "../edited.ts";

/** The bundle of the description as it is with edits, by file. */
async function bundleWith(edits: Record<string, Edit>): Promise<object> {
  const { problems, source } = await makeFrom(edited(edits));
  expect(problems).toEqual([]);
  return source!.content;
}

function shown(changes: readonly Change[]): string[] {
  return changes.map(({ kind, subject }) => `${kind} ${subject}`);
}

const cases: readonly (readonly [string, Record<string, Edit>, string[]])[] = [
  [
    "an entry added to the catalogue, with all that the bundler makes of it",
    { "errors/private.yaml": (entries) => entries.push({ ...entries[0], code: 51099, name: "NewFailure" }) },
    ["error-added 51099"],
  ],
  [
    "an entry removed, with all that the bundler made of it",
    {
      "errors/private.yaml": (entries) =>
        entries.splice(
          entries.findIndex(({ code }: any) => code === 51013),
          1,
        ),
    },
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
];

test.each(cases)("gives a change without its followers for %s", async (_, edits, expected) => {
  expect(shown(compareDescriptions(bundle, await bundleWith(edits)))).toEqual(expected);
});

test("Redocly finds nothing more in all of them together", async () => {
  const all: Record<string, Edit> = {};
  for (const [file, edit] of cases.flatMap(([, edits]) => Object.entries(edits))) {
    const earlier = all[file];
    all[file] = (content) => [earlier?.(content), edit(content)];
  }
  const after = await bundleWith(all);
  const scratch = mkdtempSync(join(tmpdir(), "openapi-"));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  const paths = [bundle, after].map((document, index) => {
    writeFileSync(join(scratch, `${index}.json`), JSON.stringify(document));
    return join(scratch, `${index}.json`);
  }) as [string, string];
  expect(crossCheck(paths[0], paths[1], compareDescriptions(bundle, after))).toEqual([]);
});
