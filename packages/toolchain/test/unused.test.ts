import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { type Edit, edited, makeFrom, pathOf } from "./edited.ts";

test("a region that openapi.yaml does not list is reported at its line", async () => {
  const { problems } = await makeFrom(
    edited({ "servers.yaml": (servers) => (servers.oslo = { ...servers.china, "x-region": "oslo" }) }),
  );
  expect(problems).toEqual([expect.stringMatching(/^openapi\/servers\.yaml:\d+:1 Nothing refers to `oslo`/)]);
});

test("a component that nothing refers to is reported", async () => {
  const { problems } = await makeFrom(
    edited(
      Object.fromEntries(
        readdirSync(pathOf("paths/recentcontact")).map((file): [string, Edit] => [
          `paths/recentcontact/${file}`,
          ({ post }) =>
            (post.parameters = post.parameters.filter(
              ({ $ref }: { $ref: string }) => !$ref.endsWith("ContentType.yaml"),
            )),
        ]),
      ),
    ),
  );
  expect(problems).toEqual([
    expect.stringMatching(/^openapi\/components\/parameters\/ContentType\.yaml:1:1 Nothing refers to this file/),
  ]);
});
