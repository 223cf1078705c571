import type { Field, ObjectField } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { isPresent, optionalFields } from "../../src/coverage/coverage.ts";

const any: Field = { type: "boolean" };
const object = (required: readonly string[], fields: Readonly<Record<string, Field>>): ObjectField => ({
  type: "object",
  required,
  fields,
});

test("a field is optional unless it is required", () => {
  expect(optionalFields(object(["one", "two"], { one: any, two: any, three: any }))).toEqual(["/three"]);
});

test("a field that only some kinds of object require is optional", () => {
  const kind = (value: string) => ({ ...object(["kind", value], { kind: any, [value]: any }), value });
  expect(optionalFields({ type: "union", by: "kind", alternatives: [kind("one"), kind("two")] })).toEqual([
    "/one",
    "/two",
  ]);
});

test("finds optional fields in items and in other fields", () => {
  const deep = object([], { inner: object([], { last: any }) });
  const list: Field = { type: "array", items: object([], { deep }) };
  expect(optionalFields(object(["list"], { list }))).toEqual([
    "/list/{n}/deep",
    "/list/{n}/deep/inner",
    "/list/{n}/deep/inner/last",
  ]);
});

test("a field is present when any item of the lists on its way has it", () => {
  expect(isPresent({ list: [{}, { a: 1 }] }, "/list/{n}/a")).toBe(true);
  expect(isPresent({ list: [{}, { b: 1 }] }, "/list/{n}/a")).toBe(false);
  expect(isPresent({ list: { a: 1 } }, "/list/{n}/a")).toBe(false);
  expect(isPresent({ list: [] }, "/list")).toBe(true);
  expect(isPresent(null, "/list")).toBe(false);
});
