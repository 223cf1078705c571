import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

test("refuses an operationId that is not the path's last segment", async () => {
  const file = "paths/recentcontact/search_contact_group.yaml";
  const problems = await lintEdited("source", {
    [file]: ({ post }) => {
      post.operationId = "findContactGroup";
    },
  });
  expect(problems).toContainEqual({
    rule: "contact-groups/operation-id-matches-path",
    at: `${file}#/post/operationId`,
    message:
      "operationId `findContactGroup` does not match path `/v4/recentcontact/search_contact_group`. Write `searchContactGroup`.",
  });
});
