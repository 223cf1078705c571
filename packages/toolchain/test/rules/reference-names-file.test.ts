import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/reference-names-file";
const file = "components/schemas/ErrorCode.yaml";

test.each(["", "#/", "#/anyOf/1", "KnownErrorCode"])("refuses a reference to no file, `%s`", async ($ref) => {
  const problems = await lintEdited("source", { [file]: (schema) => (schema.anyOf[0].$ref = $ref) });
  expect(problems).toContainEqual({
    rule,
    at: `${file}#/anyOf/0/$ref`,
    message: expect.stringContaining(`\`${$ref}\` does not name a file.`),
  });
});
