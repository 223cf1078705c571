import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/limits-present";

test("refuses a string without a limit", async () => {
  const file = "components/schemas/StandardMark.yaml";
  const problems = await lintEdited("source", { [file]: (schema) => delete schema.maxLength });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}#/`,
      message: expect.stringContaining("This string has no limit. Give it `maxLength`, `const`, `enum` or"),
    },
  ]);
});

test("refuses an array without a limit", async () => {
  const file = "components/schemas/SearchContactGroupRequest.yaml";
  const problems = await lintEdited("source", { [file]: (schema) => delete schema.properties.ContactItem.maxItems });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}#/properties/ContactItem`,
      message: expect.stringContaining("This array has no limit. Give it `maxItems` or"),
    },
  ]);
});

test("refuses the query value of a credential without a limit", async () => {
  const file = "components/securitySchemes/usersig.yaml";
  const problems = await lintEdited("source", { [file]: (scheme) => delete scheme["x-schema"]["x-bound"] });
  expect(problems).toEqual([
    { rule, at: `${file}#/x-schema`, message: expect.stringContaining("This string has no limit.") },
  ]);
});

test("refuses a limit in bytes without one in characters", async () => {
  const file = "components/schemas/CustomMark.yaml";
  const problems = await lintEdited("source", {
    [file]: (schema) => {
      delete schema.maxLength;
      schema["x-bound"] = "Its bytes.";
    },
  });
  expect(problems).toEqual([
    { rule, at: `${file}#/x-maxBytes`, message: expect.stringContaining("Give `maxLength` as well") },
  ]);
});
