import { describe, expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

describe("failure-example-per-code", () => {
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

  test("requires the failure example of a code that the operation can return", async () => {
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

  test("reports a failure example with another code than its entry", async () => {
    const problems = await lintEdited("bundle", {
      [file]: (bundle) => {
        bundle.components.examples[firstEntry(bundle).name].value.ErrorCode = bundle["x-errors"].account[0].code;
      },
    });
    expect(new Set(problems.map((problem) => problem.rule))).toEqual(new Set([rule]));
  });

  test("reports a failure example of a code that the operation cannot return", async () => {
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
});

describe("success-first", () => {
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

  test("reports a failure as the first example of a response", async () => {
    const problems = await lintEdited("source", {
      [file]: (path) => {
        path.post.responses["200"].content["application/json"].examples = { Early: failure };
      },
    });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}${examplesAt}/Early`,
        message: expect.stringContaining("Put an example with `ErrorCode: 0` first."),
      },
    ]);
  });

  test("reports a success after a failure", async () => {
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
        message: `Success \`${last}\` is after failure \`Early\`. Move it to the other successes.`,
      },
    ]);
  });

  test("reports a response without examples", async () => {
    const problems = await lintEdited("source", {
      [file]: (path) => {
        delete path.post.responses["200"].content["application/json"].examples;
      },
    });
    expect(problems.map((problem) => problem.rule)).toEqual([rule]);
  });
});

describe("only-200-responses", () => {
  const rule = "contact-groups/only-200-responses";
  const file = "paths/recentcontact/create_contact_group.yaml";

  test("reports a response other than 200", async () => {
    const problems = await lintEdited("source", {
      [file]: ({ post }) => {
        post.responses["404"] = { description: "There is no such user." };
      },
    });
    expect(problems).toEqual([
      { rule, at: `${file}#/post/responses/404`, message: expect.stringMatching(/is not possible.*errors\/\*\.yaml/) },
    ]);
  });

  test("requires the response 200 where it is missing", async () => {
    const problems = await lintEdited("source", {
      [file]: ({ post }) => {
        post.responses = { default: post.responses["200"] };
      },
    });
    expect(problems).toContainEqual({
      rule,
      at: `${file}#/post/responses`,
      message: expect.stringContaining("Response 200 is missing."),
    });
  });
});
