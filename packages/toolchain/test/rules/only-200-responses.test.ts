import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/only-200-responses";
const file = "paths/recentcontact/create_contact_group.yaml";

test("refuses a response other than 200", async () => {
  const problems = await lintEdited("source", {
    [file]: ({ post }) => {
      post.responses["404"] = { description: "There is no such user." };
    },
  });
  expect(problems).toEqual([
    { rule, at: `${file}#/post/responses/404`, message: expect.stringMatching(/cannot occur.*errors\/\*\.yaml/) },
  ]);
});

test("asks for the response 200 where it is missing", async () => {
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
