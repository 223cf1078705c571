import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/failure-example-per-code";
const file = "dist/openapi.yaml";

interface Entry {
  code: number;
  name: string;
  operations: string[];
}

function firstEntry(bundle: any): Entry {
  return bundle["x-errors"].private.find((entry: Entry) => entry.operations.includes("createContactGroup"));
}

function createExamples(bundle: any): Record<string, unknown> {
  return bundle.paths["/v4/recentcontact/create_contact_group"].post.responses["200"].content["application/json"]
    .examples;
}

test("asks for the failure example of a code that the operation can answer", async () => {
  let entry: Entry | undefined;
  const problems = await lintEdited("bundle", {
    [file]: (bundle) => {
      entry = firstEntry(bundle);
      delete createExamples(bundle)[entry.name];
    },
  });
  const message = `createContactGroup has no failure example \`${entry?.name}\` with ErrorCode ${entry?.code}.`;
  expect(problems).toEqual([
    { rule, at: expect.stringContaining("create_contact_group"), message: expect.stringContaining(message) },
  ]);
});

test("refuses a failure example with another code than its entry", async () => {
  const problems = await lintEdited("bundle", {
    [file]: (bundle) => {
      bundle.components.examples[firstEntry(bundle).name].value.ErrorCode = bundle["x-errors"].account[0].code;
    },
  });
  expect(new Set(problems.map((problem) => problem.rule))).toEqual(new Set([rule]));
});

test("refuses a failure example of a code that the operation cannot answer", async () => {
  let entry: Entry | undefined;
  const problems = await lintEdited("bundle", {
    [file]: (bundle) => {
      entry = firstEntry(bundle);
      entry.operations = entry.operations.filter((operation) => operation !== "createContactGroup");
      Object.assign(entry, { note: "No operation answers it." });
    },
  });
  expect(problems).toEqual([
    {
      rule,
      at: expect.stringContaining(`/examples/${entry?.name}`),
      message: expect.stringContaining(`The catalogue has no \`${entry?.name}\` (${entry?.code})`),
    },
  ]);
});
