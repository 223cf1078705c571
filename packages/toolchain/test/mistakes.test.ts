/** Mistakes of an editor of the description: each is one message, at its line, with what to do. `describe lint` and `pnpm run dev` print the same. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "vitest";
import { folder, makeFrom, pathOf } from "./edited.ts";

/** What stands in a file, and what an editor writes in its place. */
type Slip = readonly [file: string, from: string | RegExp, to: string];

/** The mistake, the edits that cause it, and its message: the text at whose line it is reported, and a part of it. */
type Mistake = readonly [
  title: string,
  slips: readonly Slip[],
  message: { readonly at: string; readonly says: string },
];

const get = "paths/recentcontact/get_contact_group.yaml";
const page = "components/schemas/GetContactGroupRequest.yaml";

const mistakes: readonly Mistake[] = [
  [
    "a $ref to a file that is not there",
    [[page, "$ref: UserId.yaml", "$ref: UserID.yaml"]],
    { at: "UserID.yaml", says: "Did you mean `UserId.yaml`?" },
  ],
  [
    "a $ref without a file",
    [[page, "$ref: UserId.yaml", "$ref: '#/UserId'"]],
    { at: "#/UserId", says: "Write the path of the component's file" },
  ],
  [
    "an indentation that YAML rejects",
    [[page, "  From_Account:\n", "   From_Account:\n"]],
    { at: "  StartIndex:", says: "Compare the indentation" },
  ],
  [
    "an indentation that YAML accepts",
    [
      [
        get,
        "  x-rateLimit:\n    calls: 200\n    seconds: 1\n    scope: undocumented\n    error: 60007\n  x-effect",
        "  x-rateLimit:\n    calls: 200\n    seconds: 1\n    scope: undocumented\n    error: 60007\n    x-effect",
      ],
    ],
    { at: "x-effect", says: "correct its indentation" },
  ],
  [
    "a tab in a schema",
    [[page, "  From_Account:", "\tFrom_Account:"]],
    { at: "\tFrom_Account", says: "Indent the line with spaces" },
  ],
  [
    "a tab in the error catalogue",
    [["errors/private.yaml", "  name: UserNotImported", "\tname: UserNotImported"]],
    { at: "\tname: UserNotImported", says: "Indent the line with spaces" },
  ],
  [
    "a key twice",
    [[page, "type: object", "type: object\ntype: object"]],
    { at: "type: object\ndescription", says: "Remove one of the two keys" },
  ],
  [
    "a code that the catalogue does not have",
    [["limits.yaml", "error: 51010", "error: 51019"]],
    { at: "error: 51019", says: "51019" },
  ],
  [
    "a code in a text that the catalogue does not have",
    [["errors/private.yaml", "Code 60010, and 70403", "Code 60010, and 70430"]],
    { at: "and 70430", says: "Code 70430 is not in the catalogue" },
  ],
  [
    "a code in an example that the catalogue does not have",
    [["components/examples/CreatePartialFailureResponse.yaml", "ResultCode: 51007", "ResultCode: 51070"]],
    { at: "ResultCode: 51070", says: "Code 51070 is not in the catalogue" },
  ],
  [
    "a code in quotes",
    [["errors/private.yaml", "- code: 50001", "- code: '50001'"]],
    { at: "- code: '50001'", says: "integer" },
  ],
  [
    "a code twice",
    [["errors/private.yaml", "- code: 50002", "- code: 50001"]],
    { at: "- code: 50001\n  name: Invalid", says: "50001" },
  ],
  [
    "an entry without operations",
    [["errors/private.yaml", /  operations: .*\n(?=  status: current\n  note: No document says whether)/, ""]],
    { at: "- code: 50001", says: "operations" },
  ],
  [
    "an operation that is not there",
    [
      [
        "errors/private.yaml",
        /  operations: .*\n(?=  status: current\n  note: No document says whether)/,
        "  operations: [createContactGroups]\n",
      ],
    ],
    { at: "createContactGroups", says: "Did you mean `createContactGroup`?" },
  ],
  [
    "an advice that clients do not know",
    [["errors/private.yaml", "  retry: never\n", "  retry: later\n"]],
    { at: "retry: later", says: "one of the following only" },
  ],
  [
    "an example of a request with a wrong name",
    [["components/examples/GetOnlyPageRequest.yaml", "StartIndex:", "startIndex:"]],
    { at: "value:", says: '/StartIndex is required, but is missing; there is "startIndex"' },
  ],
  [
    "an example of a response with a wrong type",
    [["components/examples/GetOnlyPageResponse.yaml", /CompleteFlag: 1/, 'CompleteFlag: "1"']],
    { at: "CompleteFlag:", says: '/CompleteFlag must be an integer, but is "1"' },
  ],
  [
    "an operationId that another operation has",
    [[get, "operationId: getContactGroup", "operationId: createContactGroup"]],
    { at: "operationId: createContactGroup", says: "createContactGroup" },
  ],
  ["a fact without a source", [[page, /\nx-source: .*\n$/, "\n"]], { at: "type: object", says: "`x-source`" }],
  [
    "a source that is no document",
    [[page, /x-source: \[get-en-2023, get-en-2026\]\n$/, "x-source: [get-en-2032]\n"]],
    { at: "get-en-2032", says: "get-en-2032" },
  ],
  [
    "a keyword that is not declared",
    [[page, "    minimum: 0", "    minimum: 0\n    x-maximumBytes: 8"]],
    { at: "x-maximumBytes", says: "x-maxBytes" },
  ],
  ["a field without a type", [[page, "    type: integer\n", ""]], { at: "StartIndex:", says: "Write one of `object`" }],
  [
    "a keyword that no check supports",
    [[page, "    minimum: 0", "    minimum: 0\n    multipleOf: 2"]],
    { at: "multipleOf: 2", says: "`multipleOf` is not supported" },
  ],
  [
    "an invalid regular expression",
    [["components/schemas/UserId.yaml", "pattern: ^[\\x20-\\x7E]+$", "pattern: ^[\\x20-\\x7E+$"]],
    { at: "pattern:", says: "not a valid ECMAScript regular expression" },
  ],
  [
    "a required field that is not there",
    [[page, "required: [From_Account, StartIndex]", "required: [From_Account, StartIndx]"]],
    { at: "required:", says: "Correct the name, or add the property." },
  ],
  [
    "a page that ends at a field that is not there",
    [[get, "complete: CompleteFlag", "complete: CompletFlag"]],
    { at: "complete: CompletFlag", says: "Write one of them" },
  ],
  [
    "single results that are not declared",
    [["paths/recentcontact/create_contact_group.yaml", /  x-itemResults:\n.*\n.*\n/, ""]],
    { at: "operationId", says: "Write `x-itemResults`" },
  ],
  [
    "an operation without an effect",
    [[get, "  x-effect: read\n", ""]],
    { at: "operationId", says: "This operation has no `x-effect`" },
  ],
  [
    "an operation that is missing from the code of its own field",
    [
      [
        "errors/private.yaml",
        /(?<=name: GroupNameTooLong\n(?:  .*\n)*?)  operations: .*\n/,
        "  operations: [getContactGroup]\n",
      ],
    ],
    { at: "operations: [getContactGroup]", says: "Add `createContactGroup` to its `operations`." },
  ],
  [
    "a region that openapi.yaml does not list",
    [["openapi.yaml", "  - $ref: ./servers.yaml#/tokyo\n", ""]],
    { at: "tokyo:", says: "Add a $ref to openapi.yaml" },
  ],
  ["a file that is empty", [[page, /[^]*/, ""]], { at: "", says: "The file is empty" }],
];

async function problemsOf(slips: readonly Slip[]): Promise<readonly { file: string; line: number; text: string }[]> {
  const made = makeFrom((path) => {
    const bytes = readFileSync(path);
    const own = slips.filter(([file]) => file === relative(folder, path).replaceAll("\\", "/"));
    return own.length === 0
      ? bytes
      : Buffer.from(own.reduce((text, [, from, to]) => text.replace(from, () => to), bytes.toString()));
  });
  const { problems } = await made;
  return problems.map((problem) => {
    const [, file = "", line = "", text = problem] = /^openapi\/(.+?):(\d+):\d+ (.*)$/s.exec(problem) ?? [];
    return { file, line: Number(line), text };
  });
}

test.each(mistakes)("%s is reported once at its line with what to do", async (_, slips, { at, says }) => {
  for (const [file, from, to] of slips) {
    const text = readFileSync(pathOf(file), "utf8");
    // A slip that changes nothing is no slip.
    expect(text.replace(from, () => to)).not.toBe(text);
  }
  const problems = await problemsOf(slips);
  expect(problems).toEqual([
    { file: expect.any(String), line: expect.any(Number), text: expect.stringContaining(says) },
  ]);
  const [problem] = problems;
  const edited = slips
    .filter(([file]) => file === problem!.file)
    .reduce((text, [, from, to]) => text.replace(from, () => to), readFileSync(pathOf(problem!.file), "utf8"));
  const line = edited.slice(0, edited.indexOf(at)).split("\n").length;
  expect([line - 1, line, line + 1]).toContain(problem!.line);
  expect(problem!.text).not.toMatch(/Cannot read|undefined|defect of the program/);
});

test("a limit that is no longer disputed is a message for each text that still has the larger one, and no unexpected error", async () => {
  const problems = await problemsOf([
    ["components/schemas/GroupName.yaml", "x-maxBytes: 32\nx-maxBytesDisputed: 64", "x-maxBytes: 64"],
  ]);
  expect(problems.length).toBeGreaterThan(0);
  expect(
    problems.filter(
      ({ text }) => !/No value is named `schemas\.GroupName\.maxBytesDisputed`\. .*Did you mean/.test(text),
    ),
  ).toEqual([]);
});

test("a field renamed in its schema only is one message for each example that still has the old name", async () => {
  const problems = await problemsOf([["components/schemas/ConversationMarks.yaml", /StandardMark(?=:|,)/g, "StdMark"]]);
  expect(problems.length).toBeGreaterThan(0);
  expect(
    problems.filter(
      ({ file, text }) => !file.startsWith("components/examples/") || !text.includes("/StdMark is required"),
    ),
  ).toEqual([]);
  expect(new Set(problems.map(({ file, line, text }) => `${file}:${line} ${text}`)).size).toBe(problems.length);
});
