import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { operationsOf, readBundle } from "../generate/bundle.ts";
import { byteLength } from "../src/gate/lengths.ts";
import {
  body_createContactGroup,
  body_getContactGroup,
  body_searchContactGroup,
  type Validate,
} from "../src/generated/validators.js";

const validators: Readonly<Record<string, Validate>> = {
  createContactGroup: body_createContactGroup,
  getContactGroup: body_getContactGroup,
  searchContactGroup: body_searchContactGroup,
};

const bundle = readBundle();
const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
ajv.addSchema(bundle, "bundle");
const operations = operationsOf(bundle).map(([path, { operationId }]) => ({
  operationId,
  own: validators[operationId]!,
  described: ajv.getSchema(
    `bundle#/paths/${path.replaceAll("/", "~1")}/post/requestBody/content/application~1json/schema`,
  ),
}));

const text = fc.constantFrom("", "ann", "@TGS#1", "x".repeat(33), "x".repeat(49), "x".repeat(65), "\u4e2d", "\n");
const leaf = fc.oneof(text, fc.constantFrom(0, 1, 2, 3, -1, 1.5, "1", true, null, [], {}));
const conversation = fc.record(
  { Type: fc.oneof(fc.constantFrom(1, 2), leaf), To_Account: leaf, ToGroupId: leaf, Extra: leaf },
  { requiredKeys: [] },
);
const conversations = fc.oneof(
  fc.array(conversation, { maxLength: 3 }),
  fc.constantFrom(100, 101, 300, 301).map((length) => Array.from({ length }, () => ({ Type: 1, To_Account: "bob" }))),
  leaf,
);
const group = fc.record({ GroupName: leaf, ContactItem: conversations, Extra: leaf }, { requiredKeys: [] });
const body = fc.oneof(
  leaf,
  fc.record(
    {
      From_Account: fc.oneof(fc.constant("ann"), leaf),
      StartIndex: leaf,
      ContactItem: conversations,
      GroupContactItem: fc.oneof(fc.array(group, { maxLength: 2 }), leaf),
    },
    { requiredKeys: [] },
  ),
);

test.each(operations)(
  "the validator of $operationId takes what the description's schema takes",
  ({ own, described }) => {
    const seen = new Set<unknown>();
    fc.assert(
      fc.property(body, (value) => {
        const expected = described?.(value);
        seen.add(expected);
        expect(own(value)).toBe(expected);
        if (expected === false) expect(own.errors).toHaveLength(1);
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(seen).toEqual(new Set([true, false]));
  },
);

test.each([
  ["", 0],
  ["ann", 3],
  ["\u00e4", 2],
  ["\u4e2d\u6587", 6],
  ["\u{1f600}a", 5],
])("%j has %d bytes in UTF-8", (value, bytes) => {
  expect(byteLength(value)).toBe(bytes);
});

test("a name of 64 characters beyond the basic plane is not too long for the schema, one of 65 is", () => {
  const withName = (GroupName: string): object => ({ From_Account: "ann", GroupContactItem: [{ GroupName }] });
  expect(body_createContactGroup(withName("\u{1f600}".repeat(64)))).toBe(true);
  expect(body_createContactGroup(withName("\u{1f600}".repeat(65)))).toBe(false);
});
