import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const entry = fileURLToPath(new URL("../../bin/contract.cjs", import.meta.url));
const [needed = ""] = /[\d.]+/.exec(manifest.engines.node) ?? [];

/** Runs the entry in a process that takes itself for another version of Node. */
function runAs(version: string): { status: number | null; stderr: string } {
  const disguise = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });
    require("node:module").prototype.require = ((real) => function (name) {
      return name === "./start.cjs" ? { run: () => console.log("ran") } : real.call(this, name);
    })(require("node:module").prototype.require);
    require(${JSON.stringify(entry)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", disguise], { encoding: "utf8" });
  return { status, stderr: stderr + stdout };
}

test.each(["0.10.48", "6.17.1", "18.20.8", "20.18.3"])(
  "reports on Node %s which version it needs, and exits with 2",
  (version) => {
    expect(runAs(version)).toEqual({
      status: 2,
      stderr: `@contact-groups/contract needs Node ${needed} or later, but this is Node ${version}.\n`,
    });
  },
);

test.each([needed, "20.20.2", "22.0.0", "100.0.0"])("runs on Node %s", (version) => {
  expect(runAs(version)).toEqual({ status: 0, stderr: "ran\n" });
});

test("is written in ECMAScript 5", () => {
  const text = readFileSync(entry, "utf8");
  const lowered = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES5, module: ts.ModuleKind.None },
  });
  const plain = (code: string): string => code.replaceAll(/\s+/g, "").replaceAll('"usestrict";', "");
  expect(plain(lowered.outputText)).toBe(plain(text));
});

// Windows has no such permission.
test.runIf(process.platform !== "win32")("can be executed", () => {
  expect(statSync(entry).mode & 0o111).toBe(0o111);
  expect(readFileSync(entry, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});
