import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeGenerated } from "../generate/write-generated.ts";

let temporary: string;
let folder: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "generated-"));
  folder = temporary;
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

const files = { "a.ts": "new a\n", "b.ts": "new b\n" };
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const get = (name: string): string => readFileSync(join(folder, name), "utf8");

test.each([false, true])("writes missing files, also into a missing folder (frozen: %s)", (frozen) => {
  folder = join(folder, "deeper");
  expect(writeGenerated(folder, files, frozen)).toEqual({ created: ["a.ts", "b.ts"], replaced: [], stale: [] });
  expect([get("a.ts"), get("b.ts")]).toEqual(["new a\n", "new b\n"]);
});

test.each([false, true])("leaves files that are up to date alone (frozen: %s)", (frozen) => {
  put("a.ts", "new a\n");
  put("b.ts", "new b\n");
  expect(writeGenerated(folder, files, frozen)).toEqual({ created: [], replaced: [], stale: [] });
});

test("replaces a file that differs and says so", () => {
  put("a.ts", "old a\n");
  expect(writeGenerated(folder, files, false)).toEqual({ created: ["b.ts"], replaced: ["a.ts"], stale: [] });
  expect([get("a.ts"), get("b.ts")]).toEqual(["new a\n", "new b\n"]);
});

test("writes nothing into a frozen folder when a file differs", () => {
  put("a.ts", "old a\n");
  expect(writeGenerated(folder, files, true)).toEqual({ created: [], replaced: [], stale: ["a.ts"] });
  expect(get("a.ts")).toBe("old a\n");
  expect(() => get("b.ts")).toThrow("ENOENT");
});
