import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

test("refuses a pattern that is no regular expression, and nothing that follows from it", async () => {
  const problems = await lintEdited("source", {
    "components/schemas/StandardMark.yaml": (schema) => (schema.pattern = "^[01*$"),
  });
  expect(problems).toEqual([
    {
      rule: "contact-groups/valid-pattern",
      at: "components/schemas/StandardMark.yaml#/pattern",
      message: expect.stringContaining("This is not a regular expression"),
    },
  ]);
});
