import { expect, test } from "vitest";
import type { Edit } from "../edited.ts";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/error-codes-known";
const unknown = "Code 12345 is not in the catalogue. Add it to `errors/*.yaml`, or write a code that is there.";

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

test("refuses an unknown code of a limit, check, rate limit, parameter, security scheme, schema and example", async () => {
  const problems = await lintEdited("source", Object.fromEntries(holders.map(([file, , edit]) => [file, edit])));
  expect(problems).toHaveLength(holders.length);
  for (const [file, pointer] of holders)
    expect(problems).toContainEqual({ rule, at: `${file}#${pointer}`, message: unknown });
});

test("refuses a code for a keyword that the schema does not have", async () => {
  const file = "components/schemas/GroupName.yaml";
  const problems = await lintEdited("source", {
    [file]: (schema) => {
      schema["x-errorCodes"].pattern = schema["x-errorCodes"].maxLength;
    },
  });
  expect(problems).toEqual([
    { rule, at: `${file}#/x-errorCodes/pattern`, message: expect.stringContaining("nothing here says `pattern`") },
  ]);
});
