import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { versionsOf } from "../src/page.ts";
import type { Program } from "../src/program.ts";
import { root } from "../src/root.ts";
import { selectSubjects, subjects } from "../src/subjects.ts";

const listed = Object.entries(subjects).flatMap(([folder, { programs }]) =>
  programs.map((name) => `${folder}/${name}`),
);
const modules = globSync("*/*.ts", { cwd: join(root, "apps/bench/src"), exclude: ["**/*.d.ts"] }).map((file) =>
  file.replaceAll("\\", "/").slice(0, -".ts".length),
);

test("the subjects list every program of their folders", async () => {
  const programs: string[] = [];
  for (const name of modules) if ("measure" in (await load(name))) programs.push(name);
  expect(listed.toSorted()).toEqual(programs.toSorted());
});

test.each(listed)("%s says what it compares, with packages of the catalog", async (name) => {
  const program = (await load(name)) as Program;
  expect(program.about).toMatch(/\.$/);
  expect(versionsOf(program.peers)).toHaveLength(program.peers.length);
});

test("selectSubjects returns the named subjects in the order of the page, and all when none is named", () => {
  const folders = (...names: string[]): string[] => selectSubjects(names).map(([folder]) => folder);
  expect(folders("docs", "client")).toEqual(["client", "docs"]);
  expect(folders()).toEqual(Object.keys(subjects));
});

test("selectSubjects rejects an unknown subject with the list of all", () => {
  expect(() => selectSubjects(["clients"])).toThrow(
    'there is no subject "clients". The subjects are client, emulator,',
  );
});

function load(name: string): Promise<object> {
  return import(pathToFileURL(join(root, `apps/bench/src/${name}.ts`)).href);
}
