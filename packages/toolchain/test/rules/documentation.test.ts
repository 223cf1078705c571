import { describe, expect, test } from "vitest";
import { type Edit } from "../edited.ts";
import { lintEdited } from "../lint-edited.ts";

describe("fact-has-source", () => {
  const rule = "contact-groups/fact-has-source";

  function missing(keyword = "x-source"): string {
    return expect.stringContaining(`has no \`${keyword}\`. List the keys of documents.yaml where it is stated`);
  }

  const facts: [file: string, pointer: string][] = [
    ["openapi.yaml", "/info"],
    ["servers.yaml", "/tokyo"],
    ["paths/recentcontact/get_contact_group.yaml", "/post"],
    ["components/parameters/Random.yaml", "/"],
    ["components/securitySchemes/usersig.yaml", "/"],
    ["components/schemas/GroupItem.yaml", "/"],
    ["components/schemas/GetContactGroupOk.yaml", "/allOf/1/properties/CompleteFlag"],
    ["components/examples/GetOnlyPageResponse.yaml", "/"],
    ["limits.yaml", "/groupsPerUser"],
    ["request-checks.yaml", "/0"],
  ];

  test("reports info, server, operation, parameter, security scheme, schema, property, example, limit and check without a source", async () => {
    const edits = facts.map(([file, pointer]): [string, Edit] => [
      file,
      (content) => delete at(content, pointer)["x-source"],
    ]);
    const problems = await lintEdited("source", Object.fromEntries(edits));
    expect(problems).toHaveLength(facts.length);
    for (const [file, pointer] of facts)
      expect(problems).toContainEqual({ rule, at: `${file}#${pointer}`, message: missing() });
  });

  test("reports a component without a source that refers to another component", async () => {
    const file = "components/schemas/RequestConversation.yaml";
    const problems = await lintEdited("source", { [file]: (schema) => delete schema["x-source"] });
    expect(problems).toEqual([{ rule, at: `${file}#/`, message: missing() }]);
  });

  test("reports a catalogue entry without a source", async () => {
    const file = "errors/private.yaml";
    const problems = await lintEdited("source", {
      [file]: (entries) => {
        entries[0].source = [];
      },
    });
    expect(problems).toEqual([{ rule, at: `${file}#/0`, message: missing("source") }]);
  });

  test("reports a source that is not a document", async () => {
    const file = "components/schemas/Timestamp.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => {
        schema["x-source"] = ["get-en-2032"];
      },
    });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/x-source/0`,
        message: expect.stringMatching(
          /lists `get-en-2032`, which is not in documents\.yaml\. Add the document there\. Did you mean `get-en-20\d\d`\?/,
        ),
      },
    ]);
  });

  test("reports a document whose date is not a date", async () => {
    const problems = await lintEdited("source", {
      "documents.yaml": (documents) => {
        documents.project.date = "last week";
      },
    });
    expect(problems).toEqual([
      {
        rule,
        at: "documents.yaml#/project/date",
        message: expect.stringContaining("such as 2026, 2026-04 or 2026-04-14"),
      },
    ]);
  });

  test("accepts `not shown` for a document that shows no date", async () => {
    const problems = await lintEdited("source", {
      "documents.yaml": (documents) => {
        documents.project.date = "not shown";
      },
    });
    expect(problems).toEqual([]);
  });

  function at(content: any, pointer: string): any {
    return pointer
      .split("/")
      .filter((step) => step !== "")
      .reduce((node, step) => node[step], content);
  }
});

describe("description-present", () => {
  const rule = "contact-groups/description-present";

  test("reports a property that neither itself nor its component describes", async () => {
    const file = "components/schemas/GetContactGroupRequest.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => delete schema.properties.StartIndex.description,
    });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/properties/StartIndex`,
        message: "Property `StartIndex` has no `description`. Describe its purpose, its unit and its limit.",
      },
    ]);
  });

  test("accepts the component's description for the property's", async () => {
    const file = "components/schemas/GetContactGroupRequest.yaml";
    expect(
      await lintEdited("source", { [file]: (schema) => delete schema.properties.From_Account.description }),
    ).toEqual([]);
  });

  test.each([
    ["component schema", "components/schemas/Timestamp.yaml", "#/"],
    ["security scheme", "components/securitySchemes/sdkappid.yaml", "#/"],
  ])("reports a %s without a description", async (_, file, pointer) => {
    const problems = await lintEdited("source", {
      [file]: (component) => {
        component.description = " ";
      },
    });
    expect(problems).toContainEqual({
      rule,
      at: `${file}${pointer}`,
      message: expect.stringContaining("has no `description`. Describe in one sentence"),
    });
  });

  test("reports a server without a description", async () => {
    const problems = await lintEdited("source", { "servers.yaml": (servers) => delete servers.china.description });
    expect(problems).toEqual([
      { rule, at: "servers.yaml#/china", message: expect.stringContaining("This Server has no `description`.") },
    ]);
  });

  test.each([
    [
      "operation-description",
      "paths/recentcontact/get_contact_group.yaml",
      (path: any) => delete path.post.description,
    ],
    ["parameter-description", "components/parameters/Random.yaml", (parameter: any) => delete parameter.description],
  ])("leaves operations and parameters to %s", async (builtIn, file, edit) => {
    expect((await lintEdited("source", { [file]: edit })).map((problem) => problem.rule)).toEqual([builtIn]);
  });
});
