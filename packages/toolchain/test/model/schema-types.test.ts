import ts from "typescript";
import { describe, expect, test } from "vitest";
import type { BundledOperation, Schema } from "../../model/bundle.ts";
import { schemaTypes } from "../../model/schema-types.ts";

/** The declarations of schemas, without their comments. */
function typesOf(schemas: Readonly<Record<string, Schema>>): string {
  return schemaTypes({ components: { schemas } })
    .replaceAll(/\/\*\*.*?\*\//gs, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The comment of the property `p`. */
function commentOf(p: Schema, schemas: Readonly<Record<string, Schema>> = {}): string {
  const text = schemaTypes({ components: { schemas: { ...schemas, Owner: { type: "object", properties: { p } } } } });
  const comment = /\/\*\*((?:(?!\/\*\*).)*?)\*\/\s+p\?:/s.exec(text)![1]!;
  return comment.replaceAll(/^ *\* ?/gm, "").trim();
}

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

describe("the type of", () => {
  test.each<[string, Schema, string]>([
    ["a text", { type: "string" }, "string"],
    ["an integer", { type: "integer" }, "number"],
    ["values", { type: "integer", enum: [0, 1] }, "0 | 1"],
    ["a constant", { const: "OK" }, '"OK"'],
    ["several types", { type: ["string", "null"] }, "string | null"],
    ["a list", { type: "array", items: { type: "string" } }, "string[]"],
    ["a list of several types", { type: "array", items: { type: ["string", "integer"] } }, "(string | number)[]"],
    ["alternatives", { oneOf: [ref("A"), ref("B")] }, "A | B"],
    ["parts", { allOf: [ref("A"), { oneOf: [ref("B"), ref("C")] }] }, "A & (B | C)"],
    ["an integer of 64 bits", { type: "integer", format: "int64", minimum: 0 }, "number | string"],
    ["an integer of 64 bits up to 2^53 - 1", { type: "integer", format: "int64", maximum: 2 ** 53 - 1 }, "number"],
    ["an integer of 64 bits up to 2^53", { type: "integer", format: "int64", maximum: 2 ** 53 }, "number | string"],
  ])("%s", (_, schema, type) => {
    expect(typesOf({ One: schema, A: {}, B: {}, C: {} })).toContain(`export type One = ${type};`);
  });
});

test("writes an object as an interface, which extends those it is made of", () => {
  const id: Schema = { type: "object", required: ["id"], properties: { id: { type: "string" } } };
  const schemas: Readonly<Record<string, Schema>> = {
    Id: id,
    Named: { allOf: [ref("Id"), { type: "object", properties: { "x-name": { type: "string" } } }] },
    Either: { oneOf: [ref("Id"), ref("Named")] },
    Both: { allOf: [ref("Either"), { type: "object", properties: { a: { type: "string" } } }] },
  };
  expect(typesOf(schemas)).toBe(
    'export interface Id { id: string; } export interface Named extends Id { "x-name"?: string; } ' +
      "export type Either = Id | Named; export type Both = Either & { a?: string; };",
  );
});

test("an integer of 64 bits that is only sent is a number", () => {
  const integer: Schema = { type: "integer", format: "int64" };
  const content = (schema: Schema) => ({ description: "", content: { "application/json": { schema, examples: {} } } });
  const post = { requestBody: content(ref("Sent")), responses: { "200": content(ref("Page")) } } as BundledOperation;
  const schemas = { Sent: integer, Page: { type: "array", items: ref("Received") }, Received: integer };
  const text = schemaTypes({ components: { schemas }, paths: { "/": { post } } });
  expect(text).toContain("export type Sent = number;");
  expect(text).toContain("export type Received = number | string;");
});

describe("the comment of a property has", () => {
  const Text: Schema = { type: "string", description: "A name.", minLength: 1, maxLength: 9, "x-maxBytes": 32 };
  const Info: Schema = { type: "string", description: "Any text." };

  test.each<[string, Schema, string]>([
    ["its text", { type: "string", description: "Mine." }, "Mine."],
    ["the text of what it refers to", ref("Info"), "Any text."],
    ["its own text instead", { ...ref("Info"), description: "Mine." }, "Mine."],
    [
      "both texts where there is a limit",
      { ...ref("Text"), description: "Mine." },
      "Mine.\n\nA name.\n\n1 to 32 bytes in UTF-8.",
    ],
    ["no limit that its text has", { ...ref("Text"), description: "From 1 to 32." }, "From 1 to 32.\n\nA name."],
    [
      "a disputed limit",
      { type: "string", description: "A.", "x-maxBytes": 32, "x-maxBytesDisputed": 64 },
      "A.\n\nAt most 32 bytes in UTF-8.\n\n64 bytes according to one document.",
    ],
    [
      "a number of characters",
      { type: "string", description: "A.", maxLength: 1000 },
      "A.\n\nAt most 1,000 characters.",
    ],
    ["one item", { type: "array", description: "A.", items: {}, minItems: 1, maxItems: 1 }, "A.\n\nExactly 1 item."],
    ["a number of items", { type: "array", description: "A.", items: {}, minItems: 2 }, "A.\n\nAt least 2 items."],
    [
      "the limits of items",
      { type: "array", description: "A.", items: { type: "integer", minimum: 0, maximum: 63 } },
      "A.\n\nEach of them: 0 to 63.",
    ],
    ["no limit of 0 alone", { type: "integer", description: "A.", minimum: 0 }, "A."],
    ["no limit of numbers", { type: "integer", description: "A.", minimum: 0, maximum: 2 ** 53 - 1 }, "A."],
    [
      "how an ID is read",
      { type: "array", description: "A.", items: ref("Id") },
      "A.\n\nAs text, with all digits, where it is beyond 2^53 - 1, which a number would round.",
    ],
  ])("%s", (_, schema, comment) => {
    expect(commentOf(schema, { Text, Info, Id: { type: "integer", format: "int64" } })).toBe(comment);
  });
});

test("writes TypeScript", () => {
  const text = schemaTypes({
    components: {
      schemas: { Odd: { type: "object", description: "Ends */ here.", properties: { "a-b": { type: "string" } } } },
    },
  });
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
});
