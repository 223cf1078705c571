import { expect, test } from "vitest";
import { hashOf } from "../bundle/overlay.ts";
import { checkTranslation, type Translation } from "../bundle/check-translation.ts";

const source = {
  info: { title: "Groups", version: "1.0.0" },
  tags: [{ name: "Marks", description: "Up to `20` marks." }],
};
const info = { title: "分组", version: "1.0.0" };
const tag = { name: "Marks", description: "最多 `20` 个标记。" };

/** A complete translation of `source`, with some of its parts replaced. */
function check(changes: Partial<Translation> & { translated?: object } = {}): ReturnType<typeof checkTranslation> {
  return checkTranslation({
    source,
    translated: { info, tags: [tag] },
    applied: [
      {
        action: { target: "$.info", update: { title: "分组" }, "x-sourceHashes": { title: hashOf(["Groups"]) } },
        nodes: [info],
      },
      {
        action: {
          target: "$.tags[0]",
          update: { description: tag.description },
          "x-sourceHashes": { description: hashOf([source.tags[0]!.description]) },
        },
        nodes: [tag],
      },
    ],
    untranslated: [],
    ...changes,
  });
}

test("a complete translation has no mistake", () => {
  expect(check()).toEqual({ texts: 2, done: 2, open: [], flaws: [] });
});

test("a text without a translation is missing", () => {
  expect(check({ translated: { info: source.info, tags: [tag] } })).toEqual({
    texts: 2,
    done: 1,
    open: [{ state: "missing", at: ["/info/title"], text: "Groups", hash: hashOf(["Groups"]) }],
    flaws: [],
  });
});

test.each(["Up to `20` marks.", "〔訳〕Up to `20` marks."])(
  "the source text is not a translation: %s",
  (description) => {
    const { done, open } = check({ translated: { info, tags: [{ ...tag, description }] } });
    expect(done).toBe(1);
    expect(open).toMatchObject([{ state: "missing", at: ["/tags/0/description"] }]);
  },
);

test("a translation of an older text is stale, and lost parts are not reported", () => {
  const update = { title: "`分组`" };
  const old = { ...info, ...update };
  const { done, open, flaws } = check({
    translated: { info: old, tags: [tag] },
    applied: [{ action: { target: "$.info", update, "x-sourceHashes": { title: hashOf(["Group"]) } }, nodes: [old] }],
  });
  expect({ done, flaws }).toEqual({ done: 1, flaws: [] });
  const action = { index: 0, path: ["title"] };
  expect(open).toContainEqual({
    state: "stale",
    at: ["/info/title"],
    text: "Groups",
    hash: hashOf(["Groups"]),
    action,
  });
});

test("a translation without a hash counts, and is listed", () => {
  const { done, open } = check({
    applied: [{ action: { target: "$.info", update: { title: "分组" } }, nodes: [info] }],
  });
  expect(done).toBe(2);
  expect(open).toMatchObject([{ state: "unsourced", at: ["/info/title"], hash: hashOf(["Groups"]) }]);
});

test("a translation for several places has one hash of all their texts", () => {
  const both = { info: { title: "Groups", summary: "Groups of a user" } };
  const text = { title: "分组", summary: "分组" };
  const translated = { info: text };
  const action = {
    target: "$.info",
    update: text,
    "x-sourceHashes": { title: hashOf(["Groups"]), summary: hashOf([]) },
  };
  const { open } = check({ source: both, translated, applied: [{ action, nodes: [text] }] });
  expect(open).toMatchObject([{ state: "stale", at: ["/info/summary"], hash: hashOf(["Groups of a user"]) }]);
  expect(hashOf(["a", "b"])).toBe(hashOf(["b", "a", "a"]));
});

test("the hash of a text that an action does not have is reported", () => {
  const action = { target: "$.info", update: { title: "分组" }, "x-sourceHashes": { titel: "abcdefgh" } };
  expect(check({ applied: [{ action, nodes: [info] }] }).flaws).toEqual([
    {
      in: "overlay",
      at: "/actions/0/x-sourceHashes/titel",
      message: "`titel` is not a text of this action. Remove its hash, or correct the path.",
    },
  ]);
});

test("a text that untranslated.yaml lists is not missing", () => {
  const verdict = check({
    translated: { info: source.info, tags: [tag] },
    untranslated: [{ text: "/info/title", at: "/0/texts/0" }],
  });
  expect(verdict).toEqual({ texts: 1, done: 1, open: [], flaws: [] });
});

test("a listed text that has a translation, or no longer exists, is reported", () => {
  const untranslated = [
    { text: "/info/title", at: "/0/texts/0" },
    { text: "/info/summary", at: "/1/texts/0" },
  ];
  expect(check({ untranslated }).flaws).toEqual([
    {
      in: "untranslated",
      at: "/0/texts/0",
      message: "/info/title is in untranslated.yaml, but has a translation. Remove the line.",
    },
    {
      in: "untranslated",
      at: "/1/texts/0",
      message: "/info/summary is in untranslated.yaml, but no text is there. Remove the line.",
    },
  ]);
});

test("an action that matches nothing is reported", () => {
  const applied = [{ action: { target: "$.servers[0]", update: { description: "中国" } }, nodes: [] }];
  expect(check({ applied }).flaws).toEqual([
    {
      in: "overlay",
      at: "/actions/0/target",
      message: expect.stringMatching(/^Target \$\.servers\[0\] matches nothing\./),
    },
  ]);
});

test("an action that a later one overwrites is reported", () => {
  const applied = [{ action: { target: "$.info", update: { title: "群组" } }, nodes: [info] }];
  expect(check({ applied }).flaws).toEqual([
    {
      in: "overlay",
      at: "/actions/0/target",
      message: expect.stringMatching(/^A later action overwrites the one with target \$\.info\./),
    },
  ]);
});

test.each([
  ["a value that is no text", { ...info, version: "2.0.0" }, "/info/version"],
  ["a key that was not there", { ...info, summary: "摘要" }, "/info/summary"],
  ["a text that became an object", { ...info, title: { zh: "分组" } }, "/info/title"],
])("%s is reported", (_, changed, at) => {
  const { flaws } = check({ translated: { info: changed, tags: [tag] }, applied: [] });
  expect(flaws).toMatchObject([
    { message: expect.stringContaining(`${at} is changed, but is not a text to translate.`) },
  ]);
});

test("a document's page in another language is allowed, its address elsewhere is reported", () => {
  const url = "https://docs.test/en";
  const described = { info: { ...info, url }, tags: [tag], externalDocs: { url } };
  const other = "https://docs.test/zh";
  const translated = { info: { ...info, url: other }, tags: [tag], externalDocs: { url: other } };
  const { flaws } = check({ source: described, translated, applied: [] });
  expect(flaws.map(({ message }) => message.split(" ")[0])).toEqual(["/info/url"]);
});

test("a key that is gone and an item that was added are reported", () => {
  const { flaws } = check({ translated: { info: { title: "分组" }, tags: [tag, tag] }, applied: [] });
  expect(flaws.map(({ message }) => message.split(" ")[0])).toEqual(["/info/version", "/tags/1"]);
});

test("a translation that lost a code span is reported with its place", () => {
  const damaged = { ...tag, description: "最多 20 个标记。" };
  const { flaws } = check({
    translated: { info, tags: [damaged] },
    applied: [
      { action: { target: "$.tags[0]", update: { name: "Marks" } }, nodes: [damaged] },
      { action: { target: "$.tags[0]", update: { description: damaged.description } }, nodes: [damaged] },
    ],
  });
  expect(flaws[0]).toEqual({
    in: "overlay",
    at: "/actions/1/update/description",
    message: '/tags/0/description has lost the code span `20`, unlike "Up to `20` marks.".',
  });
});
