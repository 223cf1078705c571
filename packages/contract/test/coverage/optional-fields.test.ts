import { expect, test } from "vitest";
import { isPresent, optionalFields } from "../../src/coverage/optional-fields.ts";

test("a field is optional unless the schema or a part of it requires it", () => {
  const schema = {
    properties: { one: {}, two: {}, three: {} },
    required: ["one"],
    allOf: [{ required: ["two"] }],
  };
  expect(optionalFields(schema)).toEqual(["/three"]);
});

test("a field that only some branches of a oneOf require is optional", () => {
  const branch = (name: string) => ({ properties: { kind: {}, [name]: {} }, required: ["kind", name] });
  expect(optionalFields({ oneOf: [branch("one"), branch("two")] })).toEqual(["/one", "/two"]);
});

test("fields of items and of fields are found, through references", () => {
  const schema = {
    required: ["list"],
    properties: { list: { items: { properties: { deep: { $ref: "#/components/schemas/GroupContactItem" } } } } },
  };
  expect(optionalFields(schema)).toEqual(
    expect.arrayContaining([
      "/list/{n}/deep",
      "/list/{n}/deep/ContactItem",
      "/list/{n}/deep/ContactItem/{n}/ToGroupId",
    ]),
  );
});

test("a field is present when any item of the lists on its way has it", () => {
  expect(isPresent({ list: [{}, { a: 1 }] }, "/list/{n}/a")).toBe(true);
  expect(isPresent({ list: [{}, { b: 1 }] }, "/list/{n}/a")).toBe(false);
  expect(isPresent({ list: { a: 1 } }, "/list/{n}/a")).toBe(false);
  expect(isPresent({ list: [] }, "/list")).toBe(true);
  expect(isPresent(null, "/list")).toBe(false);
});
