import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { carryChanges } from "../../release/changelogs.ts";

const description = `# @contact-groups/openapi

## 0.2.0

### Minor Changes

- 1a2b3c4: Describe error code 51014.

  To change: nothing.

- 5d6e7f8: Limit of groups raised.

## 0.1.0

- First.
`;

/** The CHANGELOG of a package after the changes were carried into it. */
function carried(changelog: string): string {
  const folder = mkdtempSync(join(tmpdir(), "changelogs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of [
    ["openapi", description],
    ["client", changelog],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "CHANGELOG.md"), text);
  }
  carryChanges(folder, "0.2.0", ["openapi", "client"]);
  return readFileSync(join(folder, "client/CHANGELOG.md"), "utf8");
}

const carriedItems =
  "### From the description\n\n- 1a2b3c4: Describe error code 51014.\n\n  To change: nothing.\n- 5d6e7f8: Limit of groups raised.\n";

test("a package without changesets of its own gets those of the description", () => {
  const before = "# client\n\n## 0.2.0\n\nNo changes in this release.\n\n## 0.1.0\n\n- First.\n";
  expect(carried(before)).toBe(`# client\n\n## 0.2.0\n\n${carriedItems}\n## 0.1.0\n\n- First.\n`);
});

test("a package with changesets of its own gets those that it does not have yet", () => {
  const own = "### Minor Changes\n\n- 9999999: A faster client.\n- aaaaaaa: Limit of groups raised.\n";
  expect(carried(`# client\n\n## 0.2.0\n\n${own}`)).toBe(
    `# client\n\n## 0.2.0\n\n${own}\n### From the description\n\n- 1a2b3c4: Describe error code 51014.\n\n  To change: nothing.\n\n`,
  );
});

test("a second run adds nothing", () => {
  const once = carried("# client\n\n## 0.2.0\n\nNo changes in this release.\n\n## 0.1.0\n\n- First.\n");
  expect(carried(once)).toBe(once);
});
