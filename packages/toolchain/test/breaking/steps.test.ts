import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bumps, largestBump, step } from "../../breaking/compare.ts";
import { checkChangesets } from "../../breaking/release-gate.ts";
import { renderChangeset } from "../../breaking/release-gate.ts";
import { bumpTable } from "../../breaking/kinds.ts";
import { edits } from "./edits.ts";

test("the table of .changeset/README.md is the table of the rules", () => {
  const table = readFileSync(new URL("../../../../.changeset/README.md", import.meta.url), "utf8").matchAll(
    /^\| (patch|minor|major) +\| (.*?) +\| (.*?) +\|$/gm,
  );
  const read = [...table].map(([, bump, edit, why]) => ({ bump, edit, why }));
  expect(read).toEqual(Object.values(bumpTable).map(({ bump, edit, why }) => ({ bump, edit, why })));
});

test.each(["1.4.0", "0.4.0"])(
  "after version %s each edit passes with its bump and fails with a smaller one",
  (version) => {
    for (const { title, changes } of edits) {
      const largest = step(largestBump(changes)!);
      const needed = bumps[Math.max(0, version.startsWith("0.") ? largest - 1 : largest)]!;
      for (const bump of bumps) {
        const { passes } = checkChangesets(
          changes,
          [{ file: "one.md", bump, text: renderChangeset(changes, bump) }],
          version,
        );
        expect({ title, bump, passes }).toEqual({ title, bump, passes: step(bump) >= step(needed) });
      }
      expect(checkChangesets(changes, [], version).passes).toBe(false);
    }
  },
);
