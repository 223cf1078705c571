import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { operations } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { generators } from "../src/generators.ts";
import { tryGenerator } from "../src/try-generator.ts";

const bundle = fileURLToPath(import.meta.resolve("@contact-groups/openapi/openapi.json"));

test("swagger-parser, which many tools run first, accepts the bundle", async () => {
  const { paths = {} } = await SwaggerParser.validate(bundle);
  expect(Object.keys(paths)).toHaveLength(Object.keys(operations).length);
});

test.each(generators)("$name generates a client that compiles and calls the emulator", async (generator) => {
  const { printed, calls } = await tryGenerator(generator, bundle);
  expect(printed).toEqual({ created: "family", page: "family", found: 1, failed: "number" });
  expect(calls).toEqual(["createContactGroup", "getContactGroup", "searchContactGroup", "getContactGroup"]);
});

test.each(generators)("$name's program does not compile after a field is renamed", async (generator) => {
  const folder = mkdtempSync(join(tmpdir(), "renamed-"));
  const renamed = join(folder, "openapi.json");
  writeFileSync(renamed, readFileSync(bundle, "utf8").replaceAll('"StartIndex"', '"BeginIndex"'));
  await expect(tryGenerator(generator, renamed)).rejects.toThrow(/program\.ts.*StartIndex/);
  rmSync(folder, { recursive: true });
});
