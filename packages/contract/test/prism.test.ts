import { afterEach, expect, test, vi } from "vitest";
import manifest from "../package.json" with { type: "json" };

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

test("loads Prism with Node's own loader where a test runner has put another one in its place", async () => {
  const real = process.getBuiltinModule("node:module");
  class Substitute extends real.Module {
    static override readonly Module = Substitute;
    static override createRequire(): never {
      throw new Error("The test runner's loader can't load ES modules.");
    }
  }
  vi.spyOn(process, "getBuiltinModule").mockReturnValue(Substitute as never);
  const { loadPrism } = await import("../src/prism.ts");
  const verdict = await (await loadPrism()).judge({ method: "POST", path: "/", query: {}, body: {} });
  expect(verdict.status).toBe(404);
});

test("says which Node Prism needs where it can't be loaded", async () => {
  vi.spyOn(process, "getBuiltinModule").mockImplementation(() => {
    throw new TypeError("process.getBuiltinModule is not a function");
  });
  const { loadPrism } = await import("../src/prism.ts");
  await expect(loadPrism()).rejects.toThrow(
    `Prism can't be loaded. It needs Node ${manifest.engines.node}, and this is Node ${process.versions.node}.`,
  );
});
