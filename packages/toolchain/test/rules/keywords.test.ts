import { describe, expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

describe("known-keywords", () => {
  const rule = "contact-groups/known-keywords";

  test("reports a misspelt keyword with the nearest one", async () => {
    const file = "components/schemas/GroupName.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => {
        schema["x-maxBites"] = 64;
      },
    });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/x-maxBites`,
        message: expect.stringMatching(
          /^Keyword `x-maxBites` is not declared for Schema\. Did you mean `x-maxBytes`\?/,
        ),
      },
    ]);
  });

  test("reports a keyword on a kind of node that it is not for", async () => {
    const problems = await lintEdited("source", {
      "servers.yaml": (servers) => {
        servers.china["x-effect"] = "read";
      },
    });
    expect(problems).toEqual([
      {
        rule,
        at: "servers.yaml#/china/x-effect",
        message:
          "Keyword `x-effect` is not declared for Server. `x-effect` belongs to Operation: move it there, or correct its indentation.",
      },
    ]);
  });

  test("reports an undeclared keyword next to a $ref", async () => {
    const file = "components/schemas/GetContactGroupRequest.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => {
        schema.properties.From_Account["x-owner"] = true;
      },
    });
    expect(problems).toEqual([
      { rule, at: `${file}#/properties/From_Account/x-owner`, message: expect.stringContaining("`x-owner`") },
    ]);
  });

  test("reports a declared keyword of the wrong type", async () => {
    const file = "components/schemas/GroupName.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => {
        schema["x-maxBytes"] = "32";
      },
    });
    expect(problems).toEqual([
      { rule: "struct", at: `${file}#/x-maxBytes`, message: expect.stringContaining("Expected type `integer`") },
    ]);
  });

  test("reports a bit that is not a number, and a range of bits without an end", async () => {
    const file = "components/schemas/StandardMark.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => {
        schema["x-bits"].star = "0";
        delete schema["x-appBits"].last;
      },
    });
    expect(problems).toEqual([
      { rule: "struct", at: `${file}#/x-bits/star`, message: expect.stringContaining("Expected type `integer`") },
      { rule: "struct", at: `${file}#/x-appBits`, message: expect.stringContaining("`last`") },
    ]);
  });
});
