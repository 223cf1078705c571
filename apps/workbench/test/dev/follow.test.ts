import { existsSync, globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { expect, test } from "vitest";
import { foldersOf, type Follow, prepare } from "../../dev/follow.ts";
import { type Copy, copyRepository } from "./copy-repository.ts";

const catalogue = "openapi/errors/private.yaml";

/** A copy and what follows it, when all that it makes is as the cold commands made it. */
async function begin(): Promise<{ copy: Copy; follow: Follow; made: () => Record<string, string> }> {
  const copy = await copyRepository();
  const follow = prepare(foldersOf(copy.root));
  const made = (): Record<string, string> =>
    Object.fromEntries(
      globSync(["openapi/dist/**/*.{json,yaml,js,ts}", "packages/*/src/generated/*", "packages/emulator/*.json"], {
        cwd: copy.root,
      }).map((path) => [path, readFileSync(join(copy.root, path), "utf8")]),
    );
  return { copy, follow, made };
}

test("writes the same bytes as the commands: bundles, catalogues, types, in every language", async () => {
  const { copy, follow, made } = await begin();
  const before = made();
  await copy.replace("openapi/errors/gateway.yaml", /fix: /, "fix: First, ");
  expect((await follow()).first.changed).not.toEqual([]);
  await copy.replace("openapi/errors/gateway.yaml", /fix: First, /, "fix: ");
  const { first, rest } = await follow();
  expect(first.problems).toEqual([]);
  expect((await rest!()).problems).toEqual([]);
  expect(made()).toEqual(before);
});

test("adds a new error code to the bundle, the types, the catalogue and the emulator", async () => {
  const { copy, follow } = await begin();
  await copy.write(catalogue, `${await copy.read(catalogue)}${newEntry}`);
  const { first } = await follow();
  expect(first.problems).toEqual([]);
  expect(first.changed.map((path) => relative(copy.root, path).replaceAll(sep, "/"))).toEqual(
    expect.arrayContaining(["openapi/dist/openapi.json", "openapi/dist/bodies.d.ts"]),
  );
  expect(await copy.read("openapi/dist/errors.json")).toContain("NewlyFound");
  expect(await copy.read("openapi/dist/bodies.d.ts")).toContain("59999");
  expect(await copy.read("openapi/dist/model/errors.js")).toContain("NewlyFound");
  // What the emulator knows of errors.
  expect(await copy.read("openapi/dist/model/errorMessages.js")).toContain("59999");
});

test("writes a text without a translation in English in the other languages", async () => {
  const { copy, follow } = await begin();
  await copy.write(catalogue, `${await copy.read(catalogue)}${newEntry}`);
  const { problems } = await (await follow()).rest!();
  expect(problems).toEqual([]);
  expect(await copy.read("openapi/dist/translations/errors.ja.json")).toContain("NewlyFound");
});

test("reports a broken rule with file, line and column, and changes no file", async () => {
  const { copy, follow, made } = await begin();
  const before = made();
  await copy.replace(catalogue, /category: \w+/, "category: weather");
  const line = (await copy.read(catalogue)).split("\n").findIndex((text) => text.includes("weather")) + 1;
  const { first, rest } = await follow();
  expect(first.problems).toEqual([expect.stringMatching(`^${catalogue}:${line}:\\d+ .*category.*\\(struct\\)$`)]);
  expect(first.changed).toEqual([]);
  expect(rest).toBeUndefined();
  expect(made()).toEqual(before);
});

test.each([
  ["invalid YAML", "openapi/limits.yaml", ": : [", /^openapi\/limits\.yaml:\d+:\d+ /],
  ["invalid YAML at the root", "openapi/openapi.yaml", "openapi: [", /^openapi\/openapi\.yaml:\d+:\d+ /],
  ["empty", "openapi/servers.yaml", "", /^openapi\/servers\.yaml:1:1 The file is empty/],
])("reports a file that is %s at its line, and continues when it is fixed", async (_, path, text, problem) => {
  const { copy, follow, made } = await begin();
  const before = made();
  const right = await copy.read(path);
  await copy.write(path, text);
  const { first } = await follow();
  expect(first.problems[0]).toMatch(problem);
  expect(first.changed).toEqual([]);
  expect(made()).toEqual(before);
  await copy.write(path, right);
  expect((await follow()).first).toEqual({ problems: [], changed: [] });
});

test("leaves no temporary file", async () => {
  const { copy, follow, made } = await begin();
  const before = Object.keys(made());
  await copy.replace("openapi/errors/gateway.yaml", /fix: /, "fix: First, ");
  await (await follow()).rest?.();
  expect(Object.keys(made())).toEqual(before);
  expect(existsSync(join(copy.root, "openapi/dist/openapi.json.new"))).toBe(false);
});

const newEntry = `- code: 59999
  name: NewlyFound
  title: Newly found
  message: Something new.
  cause: Nobody knows.
  fix: Ask.
  category: request
  retry: never
  operations: [createContactGroup]
  status: current
  source: [create-en-2026]
`;
