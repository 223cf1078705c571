import { readFileSync } from "node:fs";
import { select, selectAll } from "hast-util-select";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { beforeAll, expect, test } from "vitest";
import { languages } from "../src/locales.ts";
import { wordsOf } from "../src/words/words.ts";
import { plainSentence } from "../src/plain-sentence.ts";
import { dist, pages } from "./site.ts";
import { textOf, type Element } from "./written-page.ts";

const heads = new Map<string, Element>();

beforeAll(() => {
  const parser = unified().use(rehypeParse);
  for (const page of pages) {
    const [head = ""] = readFileSync(`${dist}${page}index.html`, "utf8").split("</head>");
    heads.set(page, select("head", parser.parse(head))!);
  }
}, 600_000);

function meta(page: string, attribute: "name" | "property", value: string): string[] {
  return selectAll(`meta[${attribute}="${value}"]`, heads.get(page)!).map(({ properties }) =>
    String(properties["content"]),
  );
}

test("every page has a title of its own, which ends with the name of the site; the home page's is the name", () => {
  const titles = new Map([...heads].map(([page, head]) => [page, textOf(select("title", head)!)]));
  expect(new Set(titles.values()).size).toBe(titles.size);
  for (const { path, lang } of languages) {
    const home = path === undefined ? "" : `${path}/`;
    const site = wordsOf(lang)("site");
    expect(titles.get(home)).toBe(site);
    const others = [...titles].filter(([page]) => page !== home && page.startsWith(home));
    const own = path === undefined ? others.filter(([page]) => !/^(zh-cn|ja)\//.test(page)) : others;
    expect(own.length).toBeGreaterThan(50);
    expect(own.filter(([, title]) => !title.endsWith(` | ${site}`) || title.startsWith(site))).toEqual([]);
  }
});

test("every page has a description of one sentence without Markdown, the same for sharing", () => {
  for (const page of heads.keys()) {
    const [description = "", ...more] = meta(page, "name", "description");
    expect({ page, more }).toEqual({ page, more: [] });
    expect({ page, description }).toEqual({ page, description: plainSentence(description) });
    expect({ page, isEmpty: description === "" }).toEqual({ page, isEmpty: false });
    expect({ page, shared: meta(page, "property", "og:description") }).toEqual({ page, shared: [description] });
  }
});

test("no page announces a large image that it does not have", () => {
  for (const page of heads.keys())
    expect([...meta(page, "name", "twitter:card"), ...meta(page, "property", "og:image")]).toEqual(["summary"]);
});

test.each([
  ["Creates `one` group. Then more.", "Creates one group."],
  ["Reads v4.1 of [the API](https://example.com)", "Reads v4.1 of the API"],
  ["名称不超过 `32` 个字节。更长的名称无效。", "名称不超过 32 个字节。"],
  ["いつ使う？ 常に。", "いつ使う？"],
])("the first sentence of %j is %j", (text, sentence) => {
  expect(plainSentence(text)).toBe(sentence);
});
