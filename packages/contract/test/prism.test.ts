import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import manifest from "../package.json" with { type: "json" };

beforeEach(() => void vi.resetModules());
afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

test("loads Prism with Node's own loader even if a test runner has replaced it", async () => {
  const real = process.getBuiltinModule("node:module");
  class Substitute extends real.Module {
    static override readonly Module = Substitute;
    static override createRequire(): never {
      throw new Error("The test runner's loader can't load ES modules.");
    }
  }
  vi.spyOn(process, "getBuiltinModule").mockReturnValue(Substitute as never);
  const { loadPrism } = await import("../src/load-prism.ts");
  const request = { method: "POST", path: "/", query: {}, headers: [], body: { kind: "empty" } as const };
  const verdict = await (await loadPrism()).validateRequest(request);
  expect(verdict?.status).toBe(404);
});

test("names the Node version that Prism needs when Node is too old", async () => {
  const { loadPrism } = await import("../src/load-prism.ts");
  const { getBuiltinModule } = process;
  onTestFinished(() => void Object.assign(process, { getBuiltinModule }));
  Object.assign(process, { getBuiltinModule: undefined });
  await expect(loadPrism()).rejects.toThrow(
    `Prism can't be loaded. It needs Node ${manifest.engines.node}, and this is Node ${process.versions.node}.`,
  );
});

test.each([
  [
    "what to do when dist/prism.cjs is missing",
    undefined,
    '@contact-groups/contract is incomplete: dist/prism.cjs is missing. Install the package again, or run "pnpm run build" in its repository.',
  ],
  ["why dist/prism.cjs fails", 'throw new Error("There is no memory left.");', "There is no memory left."],
  ["which file dist/prism.cjs lacks", 'require("./gone.cjs");', "Cannot find module './gone.cjs'"],
])("reports %s", async (_title, code, expected) => {
  const folder = mkdtempSync(join(tmpdir(), "contract-prism-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ imports: manifest.imports }));
  if (code !== undefined) writeFileSync(join(folder, "dist/prism.cjs"), code);
  const { loadPrism } = await import("../src/load-prism.ts");
  const { createRequire } = process.getBuiltinModule("node:module");
  const elsewhere = { Module: { createRequire: () => createRequire(join(folder, "src/prism.ts")) } };
  vi.spyOn(process, "getBuiltinModule").mockReturnValue(elsewhere as never);
  const error = await loadPrism().catch((reason: unknown) => reason);
  expect((error as Error).message).toContain(expected);
  expect((error as Error).message).not.toContain("It needs Node");
  expect((error as Error).cause).toBeInstanceOf(Error);
});
