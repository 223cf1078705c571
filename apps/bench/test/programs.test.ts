import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { programs } from "../src/programs.ts";
import { root } from "../src/root.ts";
import { versions } from "../src/surroundings.ts";

const all = Object.values(programs).flat();

test("every program that reports figures is run", () => {
  const reporting = globSync("{packages/*/bench,apps/*/{bench,src}}/*.ts", { cwd: root }).filter((file) =>
    /process\.send\?\.\(\{\s*title/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(all.map(({ file }) => file).toSorted()).toEqual(
    reporting.map((file) => file.replaceAll("\\", "/")).toSorted(),
  );
});

test.each(all)(
  "$file says its arguments where it takes some, and whom it compares with is in the catalog",
  (program) => {
    const text = readFileSync(join(root, program.file), "utf8");
    expect(existsSync(join(root, program.file))).toBe(true);
    expect(/process\.argv/.test(text)).toBe(program.quick.length > 0);
    expect(versions(program.peers)).toHaveLength(program.peers.length);
  },
);

test("a package that is not in the catalog is named, with what to do", () => {
  expect(() => versions(["left-pad"])).toThrow(/left-pad is not in the catalog .*: add it/);
});
