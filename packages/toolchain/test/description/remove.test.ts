import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pipeline } from "../../bundle/pipeline.ts";
import { sourceFiles } from "../../bundle/sources.ts";
import { removeOperation } from "../../scaffold/remove.ts";
import { copy } from "../copy.ts";

const description = fileURLToPath(new URL("../../../../openapi", import.meta.url));

test.each(["del_contact_group", "update_contact_group", "mark_contact"])(
  "the description without %s is accepted by the linter, in every language",
  async (name) => {
    const folder = copy(description);
    const { files, removed } = removeOperation(folder, name);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    for (const file of removed) rmSync(join(folder, file));

    const { problems, translate } = await pipeline(folder)();
    expect(problems).toEqual([]);
    const translated = await translate();
    expect(translated.problems).toEqual([]);
    // A text that had no translation before need not have one now.
    const openBefore = Object.values((await (await pipeline(description)()).translate()).open).flat();
    const known = new Set(openBefore.map(({ hash }) => hash));
    expect(
      Object.values(translated.open)
        .flat()
        .filter(({ hash }) => !known.has(hash)),
    ).toEqual([]);
    for (const file of sourceFiles(folder)) expect(readFileSync(file, "utf8")).not.toContain(`recentcontact/${name}`);
  },
);
