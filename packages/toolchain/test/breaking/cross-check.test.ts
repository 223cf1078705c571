import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareDescriptions, type Change } from "../../breaking/compare.ts";
import { kinds } from "../../breaking/kinds.ts";
import { bumpTable } from "../../breaking/kinds.ts";
import { crossCheck } from "../../breaking/cross-check.ts";
import { edits } from "./edits.ts";
import { pair, type FixtureEdit } from "./fixture-edit.ts";

function missed(edit: FixtureEdit["edit"], known = (changes: Change[]): Change[] => changes): Change[] {
  const folder = mkdtempSync(join(tmpdir(), "opinion-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const documents = pair(edit);
  const [before, after] = documents.map((document, index) => {
    writeFileSync(join(folder, `${index}.json`), JSON.stringify(document));
    return join(folder, `${index}.json`);
  }) as [string, string];
  return crossCheck(before, after, known(compareDescriptions(...documents)));
}

test("a breaking change that only Redocly finds is unrated", () => {
  const removeServer = (document: any): unknown => document.servers.splice(1, 1);
  expect(missed(removeServer)).toEqual([]);
  expect(missed(removeServer, () => [])).toMatchObject([{ kind: "unrated", bump: "major", pointer: "/servers/1" }]);
});

test("Redocly finds no breaking change in all edits that are not breaking", () => {
  const harmless = edits.filter(({ kind }) => bumpTable[kinds[kind]].bump !== "major");
  expect(
    missed(
      (document) => harmless.forEach(({ edit }) => edit(document)),
      () => [],
    ),
  ).toEqual([]);
});

test("fails with the output of Redocly if it writes no report", () => {
  expect(() => crossCheck("absent.json", "absent.json", [])).toThrow(
    /^redocly diff wrote no report\. Its output: .*absent\.json/s,
  );
});
