import { expect, test } from "vitest";
import { readBundle } from "../generate/bundle.ts";
import { renderLimits } from "../generate/limits.ts";
import { NotSupported } from "../generate/not-supported.ts";
import { render, renderPublished } from "../generate/render.ts";
import { withPlace } from "../generate/with-place.ts";

/** Renders the bundle with an edit, and says what a command says where that is not supported. */
async function problems(edit: (bundle: any) => unknown): Promise<string[]> {
  const bundle = structuredClone(readBundle());
  edit(bundle);
  return withPlace(async () => Object.keys({ ...(await render(bundle)), ...renderPublished(bundle) }).slice(0, 0));
}

test.each<[string, (bundle: any) => unknown, RegExp]>([
  [
    "a name without a limit",
    ({ components }) => delete components.schemas.GroupName["x-maxBytes"],
    /^openapi\/components\/schemas\/GroupName\.yaml:1:1 .*x-maxBytes/,
  ],
  [
    "a parameter that only one operation has",
    ({ paths }) => paths["/v4/recentcontact/get_contact_group"].post.parameters.pop(),
    /^openapi\/paths\/recentcontact\/get_contact_group\.yaml:\d+:\d+ All operations have the same parameters/,
  ],
])("%s is reported at its line of the description", async (_, edit, problem) => {
  expect(await problems(edit)).toEqual([expect.stringMatching(problem)]);
});

test("a limit of a name that no document disputes is the same in both readings", () => {
  const bundle = structuredClone(readBundle());
  delete (bundle.components.schemas["GroupName"] as { "x-maxBytesDisputed"?: number })["x-maxBytesDisputed"];
  expect(renderLimits(bundle)).toMatch(/groupNameBytes = \{\s+documented: 32,\s+disputed: 32,/);
});

test("a kind of conversation that is new is part of a seed", async () => {
  const bundle: any = structuredClone(readBundle());
  const { OneToOneConversation: known } = bundle.components.schemas;
  bundle.components.schemas.Third = {
    ...known,
    properties: { ...known.properties, Type: { type: "integer", const: 3 } },
  };
  bundle.components.schemas.Conversation.oneOf.push({ $ref: "#/components/schemas/Third" });
  expect(renderPublished(bundle)["seed.schema.json"]).toContain('"#/$defs/Third"');
  expect(Object.keys(await render(bundle))).toContain("validators.js");
});

test("an error that is a fault of a generator stays one", async () => {
  const fault = new TypeError("Cannot read");
  await expect(withPlace(() => Promise.reject(fault))).rejects.toBe(fault);
  expect(new NotSupported("/info", "No.").name).toBe("NotSupported");
});
