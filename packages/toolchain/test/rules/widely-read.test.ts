import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/widely-read";

test("refuses a description of a server's variable", async () => {
  const problems = await lintEdited("source", {
    "servers.yaml": (servers) => (servers.other.variables.host.description = "Host name."),
  });
  expect(problems).toEqual([
    {
      rule,
      at: "servers.yaml#/other/variables/host/description",
      message: expect.stringContaining("Say it in the `description` of the server."),
    },
  ]);
});

test("refuses a type beside anyOf", async () => {
  const file = "components/schemas/ErrorCode.yaml";
  const problems = await lintEdited("source", { [file]: (schema) => (schema.type = "integer") });
  expect(problems).toEqual([
    { rule, at: `${file}#/type`, message: expect.stringContaining("write `type` in each alternative") },
  ]);
});
