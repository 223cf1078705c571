import { expect, test } from "vitest";
import { pipeline } from "../bundle/pipeline.ts";
import { edited, folder } from "./edited.ts";

test("a region that openapi.yaml does not list is reported at its line", async () => {
  const { problems } = await pipeline(
    folder,
    edited({ "servers.yaml": (servers) => (servers.oslo = { ...servers.china, "x-region": "oslo" }) }),
  )();
  expect(problems).toEqual([expect.stringMatching(/^openapi\/servers\.yaml:\d+:1 Nothing refers to `oslo`/)]);
});

test("a component that nothing refers to is reported", async () => {
  const { problems } = await pipeline(
    folder,
    edited({
      "paths/recentcontact/get_contact_group.yaml": ({ post }) =>
        (post.parameters = post.parameters.filter(({ $ref }: { $ref: string }) => !$ref.endsWith("ContentType.yaml"))),
      "paths/recentcontact/create_contact_group.yaml": ({ post }) => post.parameters.pop(),
      "paths/recentcontact/search_contact_group.yaml": ({ post }) => post.parameters.pop(),
    }),
  )();
  expect(problems).toEqual([
    expect.stringMatching(/^openapi\/components\/parameters\/ContentType\.yaml:1:1 Nothing refers to this file/),
  ]);
});
