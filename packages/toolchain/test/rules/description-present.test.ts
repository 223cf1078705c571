import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/description-present";

test("refuses a property that neither itself nor its component describes", async () => {
  const file = "components/schemas/GetContactGroupRequest.yaml";
  const problems = await lintEdited("source", { [file]: (schema) => delete schema.properties.StartIndex.description });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}#/properties/StartIndex`,
      message: "Property `StartIndex` has no `description`. Say what it is for, its unit and its limit.",
    },
  ]);
});

test("takes the component's description for the property's", async () => {
  const file = "components/schemas/GetContactGroupRequest.yaml";
  expect(await lintEdited("source", { [file]: (schema) => delete schema.properties.From_Account.description })).toEqual(
    [],
  );
});

test.each([
  ["component schema", "components/schemas/Timestamp.yaml", "#/"],
  ["security scheme", "components/securitySchemes/sdkappid.yaml", "#/"],
])("refuses a %s without a description", async (_, file, pointer) => {
  const problems = await lintEdited("source", {
    [file]: (component) => {
      component.description = " ";
    },
  });
  expect(problems).toContainEqual({
    rule,
    at: `${file}${pointer}`,
    message: expect.stringContaining("has no `description`. Say in one sentence"),
  });
});

test("refuses a server without a description", async () => {
  const problems = await lintEdited("source", { "servers.yaml": (servers) => delete servers.china.description });
  expect(problems).toEqual([
    { rule, at: "servers.yaml#/china", message: expect.stringContaining("This Server has no `description`.") },
  ]);
});

test.each([
  ["operation-description", "paths/recentcontact/get_contact_group.yaml", (path: any) => delete path.post.description],
  ["parameter-description", "components/parameters/Random.yaml", (parameter: any) => delete parameter.description],
])("leaves operations and parameters to %s", async (builtIn, file, edit) => {
  expect((await lintEdited("source", { [file]: edit })).map((problem) => problem.rule)).toEqual([builtIn]);
});
