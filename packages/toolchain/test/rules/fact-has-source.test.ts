import { expect, test } from "vitest";
import type { Edit } from "../edited.ts";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/fact-has-source";

function missing(keyword = "x-source"): string {
  return expect.stringContaining(`has no \`${keyword}\`. List the keys of documents.yaml that say it`);
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

test("refuses info, server, operation, parameter, security scheme, schema, property, example, limit and check without a source", async () => {
  const edits = facts.map(([file, pointer]): [string, Edit] => [
    file,
    (content) => delete at(content, pointer)["x-source"],
  ]);
  const problems = await lintEdited("source", Object.fromEntries(edits));
  expect(problems).toHaveLength(facts.length);
  for (const [file, pointer] of facts)
    expect(problems).toContainEqual({ rule, at: `${file}#${pointer}`, message: missing() });
});

test("refuses a component without a source that refers to another component", async () => {
  const file = "components/schemas/RequestConversation.yaml";
  const problems = await lintEdited("source", { [file]: (schema) => delete schema["x-source"] });
  expect(problems).toEqual([{ rule, at: `${file}#/`, message: missing() }]);
});

test("refuses a catalogue entry without a source", async () => {
  const file = "errors/private.yaml";
  const problems = await lintEdited("source", {
    [file]: (entries) => {
      entries[0].source = [];
    },
  });
  expect(problems).toEqual([{ rule, at: `${file}#/0`, message: missing("source") }]);
});

test("refuses a source that is no document", async () => {
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
        /names `get-en-2032`, which is not in documents\.yaml\. Add the document there first\. Did you mean `get-en-20\d\d`\?/,
      ),
    },
  ]);
});

test("refuses a document whose date is not a date", async () => {
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

test("takes `not shown` for a document that shows no date", async () => {
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
