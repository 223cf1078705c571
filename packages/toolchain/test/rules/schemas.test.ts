import { describe, expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

describe("limits-present", () => {
  const rule = "contact-groups/limits-present";

  test("reports a string without a limit", async () => {
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

  test("reports an array without a limit", async () => {
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

  test("reports the query value of a credential without a limit", async () => {
    const file = "components/securitySchemes/usersig.yaml";
    const problems = await lintEdited("source", { [file]: (scheme) => delete scheme["x-schema"]["x-bound"] });
    expect(problems).toEqual([
      { rule, at: `${file}#/x-schema`, message: expect.stringContaining("This string has no limit.") },
    ]);
  });

  test("reports a limit in bytes without one in characters", async () => {
    const file = "components/schemas/CustomMark.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => {
        delete schema.maxLength;
        schema["x-bound"] = "Its bytes.";
      },
    });
    expect(problems).toEqual([
      { rule, at: `${file}#/x-maxBytes`, message: expect.stringContaining("Add `maxLength` as well") },
    ]);
  });
});

describe("valid-pattern", () => {
  test("reports only a pattern that is not a regular expression", async () => {
    const problems = await lintEdited("source", {
      "components/schemas/StandardMark.yaml": (schema) => (schema.pattern = "^[01*$"),
    });
    expect(problems).toEqual([
      {
        rule: "contact-groups/valid-pattern",
        at: "components/schemas/StandardMark.yaml#/pattern",
        message: expect.stringContaining("This is not a valid ECMAScript regular expression"),
      },
    ]);
  });
});

describe("widely-read", () => {
  const rule = "contact-groups/widely-read";

  test("reports a description of a server's variable", async () => {
    const problems = await lintEdited("source", {
      "servers.yaml": (servers) => (servers.other.variables.host.description = "Host name."),
    });
    expect(problems).toEqual([
      {
        rule,
        at: "servers.yaml#/other/variables/host/description",
        message: expect.stringContaining("Move it to the `description` of the server."),
      },
    ]);
  });

  test("reports a type next to anyOf", async () => {
    const file = "components/schemas/ErrorCode.yaml";
    const problems = await lintEdited("source", { [file]: (schema) => (schema.type = "integer") });
    expect(problems).toEqual([
      { rule, at: `${file}#/type`, message: expect.stringContaining("write `type` in each alternative") },
    ]);
  });
});
