import { check, type Field, type ObjectField } from "@contact-groups/core/check";
import bundle from "@contact-groups/openapi" with { type: "json" };
import { type OperationId, operations, requestBodies } from "@contact-groups/openapi/model";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { groupNameBytes, userIdLength } from "./limits.ts";

const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
ajv.addSchema(bundle, "bundle");
const ids = Object.keys(operations) as OperationId[];
const lengths = [userIdLength, groupNameBytes.documented, groupNameBytes.disputed];

const text = fc.constantFrom("", "ann", "@TGS#1", ...lengths.map((length) => "x".repeat(length + 1)), "\u4e2d", "\n");
const leaf = fc.oneof(text, fc.constantFrom(0, 1, 2, 3, -1, 1.5, "1", true, null, [], {}));

/** A value of a field, or nearly. */
function near(field: Field): fc.Arbitrary<unknown> {
  const wrong = { weight: 1, arbitrary: leaf };
  switch (field.type) {
    case "object":
      return fc.oneof({ weight: 9, arbitrary: fieldsOf(field) }, wrong);
    case "union":
      return fc.oneof(...field.alternatives.map((one) => ({ weight: 4, arbitrary: fieldsOf(one) })), wrong);
    case "array": {
      const { items, minItems = 0, maxItems = 3 } = field;
      const some = fc.array(near(items), { minLength: minItems, maxLength: Math.min(maxItems, 3) });
      // As many as there can be, and one more.
      const many = fc
        .tuple(near(items), fc.constantFrom(maxItems, maxItems + 1))
        .map(([item, length]) => Array.from({ length }, () => item));
      return fc.oneof({ weight: 8, arbitrary: some }, { weight: 1, arbitrary: many }, wrong);
    }
    default: {
      const right = field.enum
        ? fc.constantFrom(...field.enum)
        : field.type === "string"
          ? fc.constant("ann")
          : fc.constantFrom(0, 1);
      return fc.oneof({ weight: 6, arbitrary: right }, wrong);
    }
  }
}

function fieldsOf({ fields, required }: ObjectField): fc.Arbitrary<object> {
  const known = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, near(field)]));
  const right = fc.record(known, { requiredKeys: [...required] });
  return fc.oneof(
    { weight: 6, arbitrary: right },
    { weight: 1, arbitrary: fc.record({ ...known, Extra: leaf }, { requiredKeys: [] }) },
  );
}

test.each(ids)("accepts a body of %s exactly when the description's schema accepts it", (id) => {
  const described = ajv.getSchema(
    `bundle#/paths/${operations[id].path.replaceAll("/", "~1")}/post/requestBody/content/application~1json/schema`,
  );
  const seen = new Set<unknown>();
  fc.assert(
    fc.property(near(requestBodies[id]), (value) => {
      const expected = described?.(value);
      seen.add(expected);
      const found = check(requestBodies[id], value, { disputed: "none" });
      expect(found).toHaveLength(expected === true ? 0 : 1);
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(seen).toEqual(new Set([true, false]));
});

test("a name of as many characters beyond the basic plane as the schema allows is not too long for it, one more is", () => {
  const { maxLength } = requestBodies.createContactGroup.fields.GroupContactItem.items.fields.GroupName;
  const withName = (GroupName: string): object => ({ From_Account: "ann", GroupContactItem: [{ GroupName }] });
  const found = (length: number): number =>
    check(requestBodies.createContactGroup, withName("\u{1f600}".repeat(length)), { disputed: "none" }).length;
  expect(found(maxLength)).toBe(0);
  expect(found(maxLength + 1)).toBe(1);
});
