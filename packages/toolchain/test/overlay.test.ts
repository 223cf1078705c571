import { expect, test } from "vitest";
import { fillIn, type ListedText, targetOf } from "../bundle/overlay.ts";
import { bundle } from "./bundle.ts";
import { type Edit, edited, makeFrom, pathOf } from "./edited.ts";

const overlay = `actions:
  # The title.
  - target: $.info
    update:
      title: 分组
      contact:
        name: 旧
    x-sourceHashes: { title: aaaaaaaa, contact.name: bbbbbbbb }
`;

const open = (changes: Partial<ListedText>): ListedText => ({
  state: "missing",
  at: ["/info/title"],
  text: "Groups",
  hash: "cccccccc",
  target: "$.info",
  message: "",
  ...changes,
});

test("a missing text is written in the source language, with its hash, next to its neighbours", () => {
  expect(fillIn(overlay, [open({ at: ["/info/summary"], text: "Of a user" })])).toBe(
    overlay
      .replace("分组\n", "分组\n")
      .replace("        name: 旧\n", "        name: 旧\n      summary: Of a user\n")
      .replace("bbbbbbbb }", "bbbbbbbb, summary: cccccccc }"),
  );
});

test("a missing text without neighbours gets an action of its own", () => {
  const written = fillIn(overlay, [open({ at: ["/tags/0/description"], target: "$.tags[?@.name == 'A']" })]);
  expect(written).toBe(`${overlay}  - target: $.tags[?@.name == 'A']
    update:
      description: Groups
    x-sourceHashes: { description: cccccccc }
`);
});

test("a stale translation becomes a comment above the source text", () => {
  const action = { index: 0, path: ["contact", "name"] };
  expect(fillIn(overlay, [open({ state: "stale", action, at: ["/info/contact/name"], text: "New" })])).toBe(
    overlay.replace("        name: 旧", "        # 旧\n        name: New").replace("bbbbbbbb", "cccccccc"),
  );
});

test("a translation of an unknown text gets its hash only", () => {
  const action = { index: 0, path: ["title"] };
  expect(fillIn(overlay, [open({ state: "unsourced", action })])).toBe(overlay.replace("aaaaaaaa", "cccccccc"));
});

test.each([
  ["/x-errors/private/0", "$['x-errors'].*[?@.code == 50001]"],
  ["/servers/0", "$.servers[?@['x-region'] == 'china']"],
  ["/x-requestChecks/1", "$['x-requestChecks'][?@.check == 'method']"],
  ["/paths/~1v4~1recentcontact~1get_contact_group/post", "$.paths['/v4/recentcontact/get_contact_group'].post"],
  [
    "/components/schemas/GetContactGroupOk/allOf/1/properties/GroupItem",
    "$.components.schemas.GetContactGroupOk.allOf[?@.properties].properties.GroupItem",
  ],
])("the target of an action for %s is %s", (pointer, target) => {
  const tokens = pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/"));
  expect(targetOf(tokens, bundle)).toBe(target);
});

test("a filled-in text counts as translated only after it is changed", async () => {
  const path = pathOf("overlays/ja.yaml");
  let written: string | undefined;
  const newCode: Record<string, Edit> = {
    "errors/private.yaml": (entries) =>
      entries.push({ ...entries[0], code: 51099, name: "New", message: "A new message." }),
  };
  const make = (): ReturnType<typeof makeFrom> =>
    makeFrom((file) => (file === path && written ? Buffer.from(written) : edited(newCode)(file)));
  const openIn = async (): Promise<readonly ListedText[]> => {
    const { open: found, problems } = await (await make()).translate();
    expect(problems).toEqual([]);
    return found["ja"]!;
  };
  const before = await openIn();
  expect(before.map(({ state }) => state)).toContain("missing");
  written = fillIn(Buffer.from(edited({})(path)).toString(), before);
  expect((await openIn()).map(({ at }) => at)).toEqual(before.map(({ at }) => at));
  written = written.replace("message: A new message.", "message: 訳しました。");
  expect((await openIn()).map(({ text }) => text)).not.toContain("A new message.");
});
