import { existsSync, globSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { languages, type LocalePath } from "../src/locales.ts";
import { bundleName } from "../src/reference/bundle.ts";
import type { FieldNode } from "../src/reference/field-tree.ts";
import { jsonText } from "../src/reference/json-text.ts";
import { modelOf, operations } from "../src/reference/model.ts";
import { operationPage } from "../src/reference/operation-page.ts";
import { wordsOf } from "../src/words/words.ts";
import { dist, pages as builtPages } from "./site.ts";
import { headingsOf } from "./written-page.ts";

/** A node of a Markdown tree. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly depth?: number;
  readonly lang?: string | null;
  readonly children?: readonly Node[];
}

const parser = unified().use(remarkParse).use(remarkGfm);

const read = new Map<string, Node>();

function readMarkdown(file: string): Node {
  const tree = read.get(file) ?? (parser.parse(readFileSync(dist + file, "utf8")) as Node);
  read.set(file, tree);
  return tree;
}

function textOf({ value, children = [] }: Node): string {
  return value ?? children.map(textOf).join("");
}

function all(node: Node, type: string): readonly Node[] {
  return [...(node.type === type ? [node] : []), ...(node.children ?? []).flatMap((child) => all(child, type))];
}

function headings(node: Node): string[] {
  return all(node, "heading").map((heading) => `${"#".repeat(heading.depth ?? 0)} ${textOf(heading)}`);
}

function folderOf(path: LocalePath): string {
  return path === undefined ? "" : `${path}/`;
}

/** The twins of the built site. */
const twins = globSync("**/index.html.md", { cwd: dist }).map((file) => file.replaceAll(sep, "/"));

const lists = languages.flatMap(({ path }) => ["llms.txt", "llms-full.txt"].map((name) => folderOf(path) + name));

test("every page but the consoles and Redoc of released versions has a Markdown twin, and every twin belongs to a page", () => {
  const pages = builtPages.filter((page) => !/(?:^|\/)(?:console|versions\/[^/]+)\/$/.test(page));
  expect(pages.length).toBeGreaterThan(3 * 70);
  expect(new Set(twins)).toEqual(new Set(pages.map((page) => `${page}index.html.md`)));
});

test("every link of a twin or a list leads to a file of the site, under whatever path the site is", () => {
  const files = [...twins, ...lists];
  const links = files.flatMap((file) =>
    [...all(readMarkdown(file), "link"), ...all(readMarkdown(file), "definition")].map(({ url = "" }) => ({
      file,
      url,
    })),
  );
  const inside = links.filter(({ url }) => !/^https?:/.test(url));
  expect(inside.length).toBeGreaterThan(1000);
  const broken = inside.filter(({ file, url }) => {
    const { pathname } = new URL(url, `http://site/${file}`);
    const isRelative = /^(?:\.\.\/)*[\w.]/.test(url);
    return !isRelative || !existsSync(dist + decodeURIComponent(pathname.slice(1)));
  });
  expect(broken).toEqual([]);
});

test("no text of a twin is left of the page's layout", () => {
  for (const file of twins) {
    const tree = readMarkdown(file);
    expect({ file, html: all(tree, "html").map(textOf) }).toEqual({ file, html: [] });
    expect({ file, empty: all(tree, "code").filter((code) => textOf(code).trim() === "" || !code.lang) }).toEqual({
      file,
      empty: [],
    });
    expect({ file, empty: headings(tree).filter((text) => /^#+ $/.test(text)) }).toEqual({ file, empty: [] });
    expect(textOf(tree)).not.toContain("Section titled");
  }
});

test("the twins of guides and error codes have the headings of their pages, in the same order", () => {
  const same = builtPages.filter((page) =>
    /(?:^|\/)(?:guides\/[^/]+|errors\/\d+|contract-tests|downloads)\/$/.test(page),
  );
  expect(same.length).toBeGreaterThan(3 * 70);
  for (const page of same)
    expect({ page, headings: headings(readMarkdown(`${page}index.html.md`)) }).toEqual({
      page,
      headings: headingsOf(page).map(({ depth, text }) => `${"#".repeat(depth)} ${text}`),
    });
});

describe.each(languages)("the twins of the operations in $label", ({ path, lang }) => {
  const say = wordsOf(lang);
  const model = modelOf(lang);

  test.each(operations(model))(
    "$slug has its headings, and all fields with what is said of them, nested",
    (operation) => {
      const tree = readMarkdown(`${folderOf(path)}reference/${operation.slug}/index.html.md`);
      const page = operationPage(operation, lang);
      const { request, query, response, envelope, samples, exchanges, errors } = page;
      expect(headings(tree).map((text) => text.replaceAll("`", ""))).toEqual(
        [
          `# ${operation.texts.summary}`,
          `## ${say("body")}`,
          `### ${say("query")}`,
          `## ${say("samples")}`,
          ...samples.map(({ label }) => `### ${label}`),
          `## ${say("response")}`,
          `### ${say("envelope")}`,
          `## ${say("examples")}`,
          ...exchanges.map(
            ({ result, summary }) => `### ${say(`results.${result}`)}${lang === "en" ? ": " : "："}${summary}`,
          ),
          `## ${say("possibleErrors")}`,
          ...errors.flatMap(({ label, errors: found }) => [
            `### ${label}`,
            ...found.map(({ code, title }) => `#### ${code} ${title}`),
          ]),
        ].map(withoutMarkdown),
      );
      const after = (word: "body" | "query" | "response" | "envelope"): Node | undefined => {
        const children = tree.children ?? [];
        const from = children.findIndex((node) => node.type === "heading" && textOf(node) === say(word));
        return children.slice(from).find(({ type }) => type === "list");
      };
      expectFields(after("body"), request);
      expectFields(after("query"), query);
      expectFields(after("response"), response);
      expectFields(after("envelope"), envelope);
    },
  );

  test("have every example as a request or a response, every failure, and every sample", () => {
    for (const operation of operations(model)) {
      const tree = readMarkdown(`${folderOf(path)}reference/${operation.slug}/index.html.md`);
      const codes = all(tree, "code").map((code) => ({ lang: code.lang, text: textOf(code) }));
      const { samples, errors } = operationPage(operation, lang);
      const json = [...operation.requests, ...operation.responses].map(({ value }) => value);
      const failures = errors.flatMap(({ errors: found }) => found.map(({ response }) => response));
      expect(failures.length).toBeGreaterThan(0);
      expect(codes).toEqual(
        expect.arrayContaining([
          ...[...json, ...failures].map((value) => ({ lang: "json", text: jsonText(value) })),
          ...samples.map(({ highlight, source }) => ({ lang: highlight, text: source.trimEnd() })),
        ]),
      );
    }
  });
});

/** Compares a list with the fields: one item each, in which the fields inside it are a list again. */
function expectFields(list: Node | undefined, fields: readonly FieldNode[]): void {
  const items = list?.children ?? [];
  expect(items.map((item) => textOf(firstOf(item)))).toEqual(fields.map(({ name }) => name));
  for (const [index, field] of fields.entries()) {
    const [said, inner] = items[index]?.children ?? [];
    const text = said ? textOf(said) : "";
    for (const one of [
      field.type,
      ...field.limits,
      withoutMarkdown(field.description),
      ...(field.condition ? [field.condition] : []),
    ])
      expect(text).toContain(one);
    const nested = inner?.children ?? [];
    const choices = nested.slice(0, field.choices.length);
    expect(choices.map((item) => textOf(firstOf(item)))).toEqual(field.choices.map(({ value }) => value));
    expectFields(inner && { ...inner, children: nested.slice(field.choices.length) }, field.fields);
  }
}

/** The code at the start of an item. */
function firstOf(item: Node): Node {
  const [first] = all(item, "inlineCode");
  if (!first) throw new Error(`"${textOf(item)}" begins with no name.`);
  return first;
}

/** Texts of the description refer to SOURCES.md; the pages have links instead. */
function withoutMarkdown(text: string): string {
  const [before = ""] = text.split(/[（(]?(?:row \d+ of |见 )?`?SOURCES\.md/);
  return before.replaceAll("`", "").trim();
}

describe.each(languages)("llms.txt in $label", ({ path, lang }) => {
  const say = wordsOf(lang);
  const folder = folderOf(path);
  const tree = readMarkdown(`${folder}llms.txt`);

  test("has the form of llmstxt.org: the operations first, then error codes, guides, downloads", () => {
    const [title, summary] = tree.children ?? [];
    expect(title).toMatchObject({ type: "heading", depth: 1 });
    expect(summary).toMatchObject({ type: "blockquote" });
    expect(headings(tree).slice(1)).toEqual([
      ...(["operations", "errors", "guides", "downloads"] as const).map((word) => `## ${say(word)}`),
      "## Optional",
    ]);
    for (const item of all(tree, "listItem")) expect(all(item, "link")).toHaveLength(1);
  });

  test("lists every twin of the language once, by its title", () => {
    const own = twins.filter((file) => file.startsWith(folder) && (folder !== "" || !/^(?:zh-cn|ja)\//.test(file)));
    const expected = own
      .filter((file) => file !== `${folder}index.html.md`)
      .map((file) => {
        const [title] = all(readMarkdown(file), "heading");
        return { url: file.slice(folder.length), title: title && textOf(title) };
      });
    const listed = all(tree, "link").map((link) => ({ url: link.url, title: textOf(link) }));
    const pages = listed.filter(({ url }) => url?.endsWith("index.html.md"));
    expect(pages).toHaveLength(expected.length);
    expect(pages).toEqual(expect.arrayContaining(expected));
    expect(pages.slice(1, 1 + operations(modelOf(lang)).length).map(({ url }) => url)).toEqual(
      operations(modelOf(lang)).map(({ slug }) => `reference/${slug}/index.html.md`),
    );
  });

  test("has the files of the description and the lists of the other languages", () => {
    const urls = all(tree, "link").map(({ url = "" }) => new URL(url, `http://site/${folder}`).pathname);
    const others = languages.filter((other) => other.lang !== lang);
    expect(urls).toEqual(
      expect.arrayContaining([
        ...(["yaml", "json"] as const).map((format) => `/downloads/${bundleName(lang, format)}`),
        ...others.map((other) => `/${folderOf(other.path)}llms.txt`),
        `/${folder}llms-full.txt`,
      ]),
    );
  });

  test("llms-full.txt has the text and the code of every page, in the order of the list", () => {
    const full = readMarkdown(`${folder}llms-full.txt`);
    const pages = all(tree, "link")
      .map(({ url = "" }) => url)
      .filter((url) => url.endsWith("index.html.md"));
    const trees = pages.map((url) => readMarkdown(folder + url));
    expect(headings(full)).toEqual(trees.flatMap(headings));
    expect(all(full, "code").map(textOf)).toEqual(trees.flatMap((one) => all(one, "code").map(textOf)));
    expect(all(full, "paragraph").length).toBeGreaterThanOrEqual(trees.flatMap((one) => all(one, "paragraph")).length);
  });
});
