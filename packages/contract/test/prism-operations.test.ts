/** What `build/prism.ts` relies on when it reads the description in advance, and leaves parts of Prism out. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { PrismParts } from "../src/create-prism.ts";
import { readOperations } from "../src/prism-operations.ts";

const bundled: PrismParts = createRequire(import.meta.url)("#prism");
const notices = readFileSync(new URL("../dist/THIRD-PARTY-NOTICES.txt", import.meta.url), "utf8");
const operations = await readOperations();

test("the bundle holds the operations that the installed Prism reads", async () => {
  expect(operations.length).toBeGreaterThan(0);
  expect(await bundled.readOperations()).toEqual(operations);
});

test("the bundle holds nothing that reads documents or generates values", () => {
  expect(notices).not.toMatch(/^(@stoplight\/(http-spec|json-schema-ref-parser)|json-schema-faker|@faker-js\/faker) /m);
});

test.each(operations)("$path needs no value that Prism would generate", ({ responses, ...operation }) => {
  expect(operation.callbacks ?? []).toEqual([]);
  for (const { headers, contents = [] } of responses) {
    expect(headers).toEqual([]);
    expect(contents.map(({ examples = [] }) => examples.length > 0)).toEqual([true]);
  }
});

test.each(operations)(
  "the schemas of $path are valid, which Prism does not check again",
  async ({ request, responses }) => {
    const ajv = new Ajv2020({ strict: false });
    const contents = [request?.body, ...responses].flatMap((message) => message?.contents ?? []);
    const schemas = [...(request?.query ?? []), ...contents].map(({ schema }) => schema);
    expect(schemas.length).toBeGreaterThan(2);
    for (const schema of schemas) {
      await ajv.validateSchema(schema as object);
      expect(ajv.errors).toBeNull();
    }
  },
);
