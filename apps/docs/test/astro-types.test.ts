import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const site = fileURLToPath(new URL("..", import.meta.url));

test("the type check of .astro files rejects a property that is read from a promise without await", () => {
  const folder = mkdtempSync(join(tmpdir(), "astro-types-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(site, "node_modules"), join(folder, "node_modules"), "junction");
  mkdirSync(join(folder, "src"));
  const configuration = { extends: join(site, "tsconfig.astro.json"), include: ["src/*.astro"] };
  writeFileSync(join(folder, "tsconfig.astro.json"), JSON.stringify(configuration));
  writeFileSync(join(folder, "src/Right.astro"), page("const { html } = await highlight();"));
  writeFileSync(join(folder, "src/Wrong.astro"), page("const { html } = highlight();"));
  const { status, stdout } = spawnSync(process.execPath, [join(site, "build/check.ts"), folder], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect(status).toBe(1);
  expect(stdout).toContain("Property 'html' does not exist on type 'Promise<{ html: string; }>'");
  expect(stdout).toContain("2 files");
  expect(stdout).toContain("1 error");
});

function page(line: string): string {
  return `---
const highlight = async (): Promise<{ html: string }> => ({ html: "<b>text</b>" });
${line}
---

<pre set:html={html} />
`;
}
