import { describe, expect, test } from "vitest";
import { bundle, operationIds } from "../bundle.ts";
import { type Edit } from "../edited.ts";
import { lintEdited, type LintProblem } from "../lint-edited.ts";

describe("catalogue-complete", () => {
  const rule = "contact-groups/catalogue-complete";
  const file = "errors/private.yaml";

  /** Lints with one change to the first entry of the catalogue's first file. */
  async function lintEntry(change: Record<string, unknown>): Promise<LintProblem[]> {
    return await lintEdited("source", {
      [file]: (entries) => {
        Object.assign(entries[0], change);
      },
    });
  }

  test("reports an entry without one of its keys", async () => {
    const problems = await lintEdited("source", { [file]: (entries) => entries.splice(0, 1, {}) });
    const keys = [
      "code",
      "name",
      "title",
      "message",
      "cause",
      "fix",
      "category",
      "retry",
      "operations",
      "status",
      "source",
    ];
    for (const key of keys) {
      expect(problems).toContainEqual({
        rule: "struct",
        at: `${file}#/0`,
        message: `The field \`${key}\` must be present on this level.`,
      });
    }
  });

  test("reports a category, retry and status that are not allowed values", async () => {
    const problems = await lintEntry({ category: "sometimes", retry: "sometimes", status: "sometimes" });
    expect(problems).toEqual(
      ["category", "retry", "status"].map((key) => ({
        rule: "struct",
        at: `${file}#/0/${key}`,
        message: expect.stringContaining(`\`${key}\` can be one of the following only`),
      })),
    );
  });

  test("reports a name that is not PascalCase", async () => {
    const problems = await lintEntry({ name: "user_not_imported" });
    expect(problems).toEqual([
      { rule, at: `${file}#/0/name`, message: expect.stringContaining("Write it like `GroupNameTooLong`") },
    ]);
  });

  test("reports an empty message, cause and fix", async () => {
    const problems = await lintEntry({ message: "", cause: "", fix: "" });
    expect(problems).toEqual(
      ["message", "cause", "fix"].map((key) => ({
        rule,
        at: `${file}#/0/${key}`,
        message: expect.stringContaining("is empty. Write a sentence"),
      })),
    );
  });

  test("reports an empty title", async () => {
    expect(await lintEntry({ title: " " })).toEqual([
      { rule, at: `${file}#/0/title`, message: expect.stringContaining("Write what happened, in a few words.") },
    ]);
  });

  test("reports an operation that does not exist", async () => {
    const problems = await lintEntry({ operations: ["createContactGroups"] });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/0/operations/0`,
        message:
          "No operation is named `createContactGroups`. Write an existing operationId. Did you mean `createContactGroup`?",
      },
    ]);
  });

  test("requires a note where no operation responds with the code", async () => {
    const problems = await lintEntry({ operations: [], note: undefined });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/0/operations`,
        message: expect.stringContaining("State in `note` where the code comes from"),
      },
    ]);
  });

  test("reports a code or a name that another entry has", async () => {
    const problems = await lintEdited("source", {
      [file]: (entries) => {
        Object.assign(entries[1], { code: entries[0].code, name: entries[0].name });
      },
    });
    expect(problems.filter((problem) => problem.rule === rule)).toEqual([
      { rule, at: `${file}#/1/code`, message: expect.stringContaining("Write one entry per code.") },
      { rule, at: `${file}#/1/name`, message: expect.stringContaining("Give each code its own name.") },
    ]);
  });

  test("reports a code that an entry of another file has", async () => {
    const [first] = bundle["x-errors"]["private"]!;
    const problems = await lintEdited("source", {
      "errors/gateway.yaml": (entries) => entries.push({ ...first, name: "AnotherName", operations: "all" }),
    });
    expect(problems).toEqual([
      {
        rule,
        at: expect.stringContaining("errors/gateway.yaml#/"),
        message: expect.stringContaining(`Code ${first!.code} is also`),
      },
    ]);
  });
});

describe("all-operations", () => {
  const rule = "contact-groups/all-operations";
  const file = "errors/private.yaml";
  const operations = operationIds;

  test("reports a list of all operations", async () => {
    const problems = await lintEdited("source", { [file]: (entries) => (entries[0].operations = operations) });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/0/operations`,
        message: "50001 lists every operation. Write `operations: all`, which includes a new one too.",
      },
    ]);
  });

  test("accepts a list of some operations", async () => {
    const some = operations.slice(1);
    expect(await lintEdited("source", { [file]: (entries) => (entries[0].operations = some) })).toEqual([]);
  });

  test("reports another word than `all`", async () => {
    const problems = await lintEdited("source", { [file]: (entries) => (entries[0].operations = "al") });
    expect(problems).toEqual([
      { rule: "struct", at: `${file}#/0/operations`, message: expect.stringContaining('following only: "all"') },
    ]);
  });
});

describe("error-codes-known", () => {
  const rule = "contact-groups/error-codes-known";
  const unknown = "Code 12345 is not in the catalogue. Add it to `errors/*.yaml`, or write a code of the catalogue.";

  const holders: [file: string, pointer: string, edit: Edit][] = [
    ["limits.yaml", "/groupsPerUser/error", (limits) => (limits.groupsPerUser.error = 12345)],
    ["request-checks.yaml", "/0/error", (checks) => (checks[0].error = 12345)],
    [
      "paths/recentcontact/get_contact_group.yaml",
      "/post/x-rateLimit/error",
      ({ post }) => (post["x-rateLimit"].error = 12345),
    ],
    [
      "components/parameters/Random.yaml",
      "/x-errorCodes/required",
      (parameter) => (parameter["x-errorCodes"].required = 12345),
    ],
    [
      "components/securitySchemes/identifier.yaml",
      "/x-errorCodes/maxLength",
      (scheme) => (scheme["x-errorCodes"].maxLength = 12345),
    ],
    [
      "components/schemas/GroupName.yaml",
      "/x-errorCodes/x-maxBytes",
      (schema) => (schema["x-errorCodes"]["x-maxBytes"] = 12345),
    ],
    [
      "components/examples/CreatePartialFailureResponse.yaml",
      "/value/GroupResultItem/0/ResultItem/1/ResultCode",
      ({ value }) => (value.GroupResultItem[0].ResultItem[1].ResultCode = 12345),
    ],
  ];

  test("reports an unknown code of a limit, check, rate limit, parameter, security scheme, schema and example", async () => {
    const problems = await lintEdited("source", Object.fromEntries(holders.map(([file, , edit]) => [file, edit])));
    expect(problems).toHaveLength(holders.length);
    for (const [file, pointer] of holders)
      expect(problems).toContainEqual({ rule, at: `${file}#${pointer}`, message: unknown });
  });

  test("reports a code for a keyword that the schema does not have", async () => {
    const file = "components/schemas/GroupName.yaml";
    const problems = await lintEdited("source", {
      [file]: (schema) => {
        schema["x-errorCodes"].pattern = schema["x-errorCodes"].maxLength;
      },
    });
    expect(problems).toEqual([
      { rule, at: `${file}#/x-errorCodes/pattern`, message: expect.stringContaining("but `pattern` is missing here") },
    ]);
  });
});
