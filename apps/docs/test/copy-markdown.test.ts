import { readFileSync } from "node:fs";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser } from "playwright-core";
import { expect, test } from "vitest";
import { languages } from "../src/locales.ts";
import { wordsOf } from "../src/words/words.ts";
import { dist, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

const pages = languages.flatMap(({ path, lang }) =>
  ["reference/create_contact_group/", "errors/51008/", "guides/marks/"].map((page) => ({
    page: `${path === undefined ? "" : `${path}/`}${page}`,
    say: wordsOf(lang),
  })),
);

test.each(pages)("/$page copies its Markdown, and leads to it", async ({ page: path, say }) => {
  const { page } = await openWatched(browser, server.url);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(server.url + path);
  await page.getByRole("button", { name: say("copyMarkdown") }).click();
  await page.getByRole("status").getByText(say("copied")).waitFor();
  const twin = readFileSync(`${dist}${path}index.html.md`, "utf8");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(twin);
  const href = await page
    .getByRole("link", { name: say("viewMarkdown") })
    .evaluate((link) => (link as HTMLAnchorElement).href);
  expect(await (await fetch(href)).text()).toBe(twin);
  await page.close();
});

test.each([
  { where: "without a clipboard, as on plain http, is still copied", refused: false, word: "copied" },
  { where: "that the browser lets nobody copy is not called copied", refused: true, word: "notCopied" },
] as const)("a page's Markdown $where", async ({ refused, word }) => {
  const { page } = await openWatched(browser, server.url);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${server.url}errors/51008/`);
  await page.evaluate((isRefused) => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    if (isRefused) document.execCommand = () => false;
  }, refused);
  const say = wordsOf("en");
  await page.getByRole("button", { name: say("copyMarkdown") }).click();
  const status = page.locator("page-markdown output");
  await status.filter({ hasText: /./ }).waitFor();
  expect(await status.textContent()).toBe(say(word));
  if (!refused) {
    await page.goto(`${server.url}errors/51008/`);
    const twin = readFileSync(`${dist}errors/51008/index.html.md`, "utf8");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(twin);
  }
  await page.close();
});

test("without a script there is only the link", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.url}errors/51008/`);
  const say = wordsOf("en");
  expect(await page.getByRole("link", { name: say("viewMarkdown") }).isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: say("copyMarkdown") }).isVisible()).toBe(false);
  await context.close();
});
