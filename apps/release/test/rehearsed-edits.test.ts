import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { attempt, run } from "../rehearsal/command.ts";
import { addCode, closeRegion, type Edited } from "../rehearsal/edits.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const describe = createRequire(import.meta.url).resolve("@contact-groups/toolchain/package.json");
const generated = new Set(["dist", "node_modules"]);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "edits-"));
  const filter = (path: string): boolean => !generated.has(basename(path));
  await cp(join(root, "openapi"), join(folder, "openapi"), { recursive: true, filter });
});
afterEach(() => rm(folder, { recursive: true }));

const edited: Edited = {
  async edit(path, from, to) {
    const text = await readFile(join(folder, path), "utf8");
    const after = text.replace(from, to);
    expect(after).not.toBe(text);
    await writeFile(join(folder, path), after);
  },
  async changeset() {
    // The check of the description reads none.
  },
};

const edits = {
  "adds an operation": () =>
    run(["git", "apply", "--include=openapi/*", join(root, "apps/release/rehearsal/add-operation.patch")], {
      cwd: folder,
    }),
  "adds an error code": () => addCode(edited),
  "removes a region": () => closeRegion(edited),
};

// The rehearsal takes long, and finds out late that the description has a new rule.
test.each(Object.entries(edits))(
  "the edit of the rehearsal that %s gives a description without mistakes",
  async (_, edit) => {
    await edit();
    const outcome = await attempt([process.execPath, describe.replace("package.json", "describe.ts"), "lint"], {
      cwd: join(folder, "openapi"),
    });
    expect(outcome).toMatchObject({ code: 0 });
  },
);
