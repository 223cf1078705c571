import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { modelOf, operations } from "../src/reference/model.ts";
import { languages } from "../src/locales.ts";
import { dist, inAllLanguages, pages } from "./site.ts";

const html = new Map(pages.map((page) => [page, readFileSync(`${dist}${page}index.html`, "utf8")]));
const origin = "http://site.test/";

test("every link and anchor of every page leads somewhere", () => {
  const broken = pages.flatMap((page) => {
    const text = html.get(page) ?? "";
    const targets = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target = ""]) =>
      target.replaceAll("&amp;", "&"),
    );
    return [...new Set(targets)]
      .filter((target) => !leadsSomewhere(page, target))
      .map((target) => `${page}: ${target}`);
  });
  expect(broken).toEqual([]);
});

test("every anchor element leads somewhere, and no text refers to a file that only the repository has", () => {
  const dead = pages.filter((page) => /<a(?=[\s>])(?![^>]*\shref=)[^>]*>/.test(html.get(page) ?? ""));
  expect(dead).toEqual([]);
  // The console has the texts as data.
  const named = pages.filter((page) => !page.endsWith("console/") && html.get(page)?.includes("SOURCES.md"));
  expect(named).toEqual([]);
});

function leadsSomewhere(page: string, target: string): boolean {
  const url = new URL(target, origin + page);
  if (url.origin !== new URL(origin).origin) return /^https?:$/.test(url.protocol);
  const path = decodeURIComponent(url.pathname.slice(1));
  if (!path.endsWith("/") && path !== "") return existsSync(dist + path);
  const text = html.get(path);
  const anchor = decodeURIComponent(url.hash.slice(1));
  return text !== undefined && (anchor === "" || text.includes(`id="${anchor}"`));
}

test("the navigation has the operations in the order of the description", () => {
  const slugs = operations(modelOf("en")).map(({ slug }) => slug);
  expect(slugs.length).toBeGreaterThan(0);
  for (const page of pages.filter((path) => html.get(path)?.includes(`class="sidebar-content`))) {
    const [, sidebar = ""] = (html.get(page) ?? "").split(`class="sidebar-content`);
    const listed = [...sidebar.matchAll(/reference\/(\w+)\/"/g)].map(([, slug]) => slug ?? "");
    expect({ page, listed: listed.slice(0, slugs.length) }).toEqual({ page, listed: slugs });
  }
});

test("every page exists in every language", () => {
  const english = pages.filter((page) => !/^(zh-cn|ja)\//.test(page));
  expect(new Set(pages)).toEqual(new Set(english.flatMap(inAllLanguages)));
});

test("every page names its language, its own address and its twins in other languages", () => {
  for (const page of pages) {
    const text = html.get(page) ?? "";
    const { lang } = languages.find(({ path }) => path !== undefined && page.startsWith(`${path}/`)) ?? { lang: "en" };
    expect(text).toContain(`<html lang="${lang}"`);
    expect(text).toMatch(new RegExp(`<link rel="canonical" href="[^"]*/${page}"`));
    for (const other of languages) expect(text).toContain(`hreflang="${other.lang}"`);
  }
});

test("the sitemap has every page of ours", () => {
  const sitemap = readFileSync(`${dist}sitemap-0.xml`, "utf8");
  for (const page of pages) expect(sitemap).toContain(`/${page}</loc>`);
});
