import { describe, expect, test } from "vitest";
import { operationIds } from "../bundle.ts";
import { lintEdited } from "../lint-edited.ts";

describe("operation-complete", () => {
  const rule = "contact-groups/operation-complete";
  const file = "paths/recentcontact/get_contact_group.yaml";

  test.each(["operationId", "x-rateLimit", "x-effect", "x-idempotent"])(
    "reports an operation without %s",
    async (key) => {
      const problems = await lintEdited("source", { [file]: (path) => delete path.post[key] });
      expect(problems.filter((problem) => problem.rule === rule)).toEqual([
        { rule, at: `${file}#/post`, message: expect.stringContaining(`This operation has no \`${key}\`.`) },
      ]);
    },
  );

  test.each<[string, (operation: any) => unknown]>([
    ["requestBody", (operation) => delete operation.requestBody],
    ["requestBody", (operation) => delete operation.requestBody.content["application/json"].examples],
    ["requestBody", (operation) => delete operation.requestBody.content["application/json"].schema],
    ["response 200", (operation) => delete operation.responses["200"].content],
  ])("reports an operation whose %s lacks a part (%#)", async (name, edit) => {
    const problems = await lintEdited("source", { [file]: (path) => edit(path.post) });
    expect(problems).toContainEqual({
      rule,
      at: `${file}#/post`,
      message: expect.stringContaining(`The ${name} of this operation has no`),
    });
  });

  test("reports an operation that only reads and is not idempotent", async () => {
    const problems = await lintEdited("source", { [file]: (path) => (path.post["x-idempotent"].value = false) });
    expect(problems.filter((problem) => problem.rule === rule)).toEqual([
      {
        rule,
        at: `${file}#/post/x-idempotent/value`,
        message: "This operation only reads, so it is idempotent. Write `value: true`, or correct `x-effect`.",
      },
    ]);
  });

  test("reports a path with another method than POST", async () => {
    const problems = await lintEdited("source", {
      [file]: (path) => {
        path.get = path.post;
        delete path.post;
      },
    });
    expect(problems.filter((problem) => problem.rule === rule)).toEqual([
      { rule, at: `${file}#/`, message: expect.stringContaining("This path has no `post`") },
      { rule, at: `${file}#/get`, message: expect.stringContaining("Rename `get` to `post`") },
    ]);
  });

  test("reports an operation that no error code lists", async () => {
    const others = operationIds.filter((id) => id !== "getContactGroup");
    const without = (entries: object[]): void => {
      for (const entry of entries) Object.assign(entry, { operations: others });
    };
    const problems = await lintEdited("source", {
      "errors/private.yaml": without,
      "errors/gateway.yaml": without,
      "errors/account.yaml": without,
    });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/post/operationId`,
        message: expect.stringContaining("No error code lists `getContactGroup`."),
      },
    ]);
  });
});

describe("operation-id-matches-path", () => {
  test("reports an operationId that is not the path's last segment", async () => {
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
});
