import { expect, test } from "vitest";
import { type Bundle, readBundle } from "../generate/bundle.ts";
import { NotSupported } from "../generate/not-supported.ts";
import { render } from "../generate/render.ts";
import { withPlace } from "../generate/with-place.ts";

/** Renders the bundle with an edit, and says what a command says where that is not supported. */
async function problems(edit: (bundle: any) => unknown): Promise<string[]> {
  const bundle: Bundle = structuredClone(readBundle());
  edit(bundle);
  return withPlace(async () => Object.keys(await render(bundle)).slice(0, 0));
}

test.each<[string, (bundle: any) => unknown, RegExp]>([
  [
    "a field of a request that is a boolean",
    ({ components }) => (components.schemas.GroupContactItem.properties.New = { type: "boolean" }),
    /^openapi\/components\/schemas\/GroupContactItem\.yaml:\d+:\d+ The client checks requests of type object/,
  ],
  [
    "a mark without the names of its bits",
    ({ components }) => delete components.schemas.StandardMark["x-bits"],
    /^openapi\/components\/schemas\/StandardMark\.yaml:1:1 .*x-bits/,
  ],
  [
    "a search without a limit",
    ({ components }) => delete components.schemas.SearchContactGroupRequest.properties.ContactItem.maxItems,
    /^openapi\/components\/schemas\/SearchContactGroupRequest\.yaml:\d+:\d+ .*maxItems/,
  ],
  [
    "no limit of time",
    (bundle) => delete bundle["x-limits"].serviceTimeout,
    /^openapi\/limits\.yaml:\d+:\d+ .*serviceTimeout/,
  ],
])("%s is reported at its line of the description", async (_, edit, problem) => {
  expect(await problems(edit)).toEqual([expect.stringMatching(problem)]);
});

test("an error that is a fault of a generator stays one", async () => {
  const fault = new TypeError("Cannot read");
  await expect(withPlace(() => Promise.reject(fault))).rejects.toBe(fault);
  expect(new NotSupported("/info", "No.").name).toBe("NotSupported");
});

test("takes an example that is written in its place", async () => {
  const inside = await problems(({ paths }) => {
    const body = paths["/v4/recentcontact/get_contact_group"].post.requestBody.content["application/json"];
    body.examples.Inside = { value: { From_Account: "user" } };
  });
  expect(inside).toEqual([]);
});
