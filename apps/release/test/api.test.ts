import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type PublicName, publishedPackages, readSurface, reportFolder } from "../api/surface.ts";
import { checkPublicNames } from "../checks/public-name.ts";
import { read } from "./repository.ts";

describe.each(publishedPackages)("the API of %s", (name) => {
  const { names, reports } = readSurface(name);

  test("matches its committed reports; after an intended change, run `pnpm --filter @contact-groups/release run api`", () => {
    const committed = readdirSync(reportFolder(name)).map((file) => [
      file,
      readFileSync(join(reportFolder(name), file), "utf8"),
    ]);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(reports));
  });

  test("has a doc comment, an example and a place in the README for each name", () => {
    expect(names.length).toBeGreaterThan(10);
    expect(checkPublicNames(names, read(`packages/${name}/README.md`))).toEqual([]);
  });
});

const createThing: PublicName = {
  entry: ".",
  name: "createThing",
  isValue: true,
  isDocumented: true,
  tags: ["example"],
  isOfDescription: false,
};

test("accepts a name with a doc comment, an example and a place in the README", () => {
  expect(checkPublicNames([createThing], "Call `createThing()`.")).toEqual([]);
});

test.each<[string, Partial<PublicName>, RegExp]>([
  ["without a doc comment", { isDocumented: false }, /no doc comment/],
  ["without an example", { tags: ["throws"] }, /no @example/],
  ["that the README names only as a part of a word", { name: "create" }, /README does not name it/],
])("reports a name %s", (_, change, what) => {
  expect(checkPublicNames([{ ...createThing, ...change }], "Call `createThing()`.")).toEqual([
    { where: expect.stringMatching(/^create(Thing)? of \.$/), what: expect.stringMatching(what) },
  ]);
});
