import { check } from "@contact-groups/core/check";
import bundle from "@contact-groups/openapi" with { type: "json" };
import { type OperationId, operations, requestChecks } from "@contact-groups/openapi/model";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { creationLength, groupNameBytes, searchLength, userIdLength } from "./limits.ts";

const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
ajv.addSchema(bundle, "bundle");
const ids = Object.keys(operations) as OperationId[];
const lengths = [userIdLength, groupNameBytes.documented, groupNameBytes.disputed];

const text = fc.constantFrom("", "ann", "@TGS#1", ...lengths.map((length) => "x".repeat(length + 1)), "\u4e2d", "\n");
const leaf = fc.oneof(text, fc.constantFrom(0, 1, 2, 3, -1, 1.5, "1", true, null, [], {}));
const conversation = fc.record(
  { Type: fc.oneof(fc.constantFrom(1, 2), leaf), To_Account: leaf, ToGroupId: leaf, Extra: leaf },
  { requiredKeys: [] },
);
const conversations = fc.oneof(
  fc.array(conversation, { maxLength: 3 }),
  fc
    .constantFrom(...[creationLength, searchLength].flatMap((length) => [length, length + 1]))
    .map((length) => Array.from({ length }, () => ({ Type: 1, To_Account: "bob" }))),
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

test.each(ids)("a body of %s is taken when the description's schema takes it", (id) => {
  const described = ajv.getSchema(
    `bundle#/paths/${operations[id].path.replaceAll("/", "~1")}/post/requestBody/content/application~1json/schema`,
  );
  const seen = new Set<unknown>();
  fc.assert(
    fc.property(body, (value) => {
      const expected = described?.(value);
      seen.add(expected);
      const found = check(requestChecks[id], value, { disputed: "none" });
      expect(found).toHaveLength(expected === true ? 0 : 1);
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(seen).toEqual(new Set([true, false]));
});

test("a name of as many characters beyond the basic plane as the schema allows is not too long for it, one more is", () => {
  const { maxLength } = requestChecks.createContactGroup.fields.GroupContactItem.items.fields.GroupName;
  const withName = (GroupName: string): object => ({ From_Account: "ann", GroupContactItem: [{ GroupName }] });
  const found = (length: number): number =>
    check(requestChecks.createContactGroup, withName("\u{1f600}".repeat(length)), { disputed: "none" }).length;
  expect(found(maxLength)).toBe(0);
  expect(found(maxLength + 1)).toBe(1);
});
