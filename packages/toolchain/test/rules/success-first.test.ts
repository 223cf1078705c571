import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/success-first";
const file = "paths/recentcontact/get_contact_group.yaml";
const examplesAt = "#/post/responses/200/content/application~1json/examples";
const failure = {
  summary: "A failure.",
  value: { ActionStatus: "FAIL", ErrorCode: 50002, ErrorInfo: "" },
  "x-source": ["project"],
};

function examples(path: any): Record<string, unknown> {
  return path.post.responses["200"].content["application/json"].examples;
}

test("refuses a failure as the first example of a response", async () => {
  const problems = await lintEdited("source", {
    [file]: (path) => {
      path.post.responses["200"].content["application/json"].examples = { Early: failure };
    },
  });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}${examplesAt}/Early`,
      message: expect.stringContaining("Put an example with `ActionStatus: OK` first."),
    },
  ]);
});

test("refuses a success after a failure", async () => {
  let last = "";
  const problems = await lintEdited("source", {
    [file]: (path) => {
      const [first, second] = Object.entries(examples(path));
      last = second![0];
      path.post.responses["200"].content["application/json"].examples = Object.fromEntries([
        first!,
        ["Early", failure],
        second!,
      ]);
    },
  });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}${examplesAt}/${last}`,
      message: `Success \`${last}\` stands after failure \`Early\`. Move it up to the other successes.`,
    },
  ]);
});

test("refuses a response without examples", async () => {
  const problems = await lintEdited("source", {
    [file]: (path) => {
      delete path.post.responses["200"].content["application/json"].examples;
    },
  });
  expect(problems.map((problem) => problem.rule)).toEqual([rule]);
});
