import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

test("the command replaces a stale file, but with CI set fails, names it and says what to do", () => {
  const folder = mkdtempSync(join(tmpdir(), "generated-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "errors.ts");
  const main = fileURLToPath(new URL("../generate/main.ts", import.meta.url));
  const { CI: _, ...env } = process.env;
  const run = (ci?: string) =>
    spawnSync(process.execPath, [main, folder], { encoding: "utf8", env: ci === undefined ? env : { ...env, CI: ci } });

  expect(run("true")).toMatchObject({ status: 0, stdout: expect.stringContaining("wrote src/generated/errors.ts") });
  writeFileSync(file, "old\n");
  expect(run("true")).toMatchObject({
    status: 1,
    stdout: "",
    stderr: 'src/generated/errors.ts is stale: run "pnpm generate" and commit the result\n',
  });
  expect(readFileSync(file, "utf8")).toBe("old\n");
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("replaced src/generated/errors.ts") });
  expect(readFileSync(file, "utf8")).not.toBe("old\n");
  expect(run("true")).toMatchObject({ status: 0, stdout: "", stderr: "" });
});
