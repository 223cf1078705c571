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

test.each(languages)(
  "an address without a page is answered in $label, the language of its path",
  async ({ path, lang }) => {
    const say = wordsOf(lang);
    const { page, elsewhere } = await openWatched(browser, server.url);
    const folder = path === undefined ? "" : `${path}/`;
    const response = await page.goto(`${server.url}${folder}no/such/page/`);
    expect(response?.status()).toBe(404);
    expect(await page.title()).toBe(say("notFound"));
    expect(await page.locator("html").getAttribute("lang")).toBe(lang);
    expect(await page.locator("main h2:visible").allInnerTexts()).toEqual([say("notFound")]);
    expect(await page.locator("header .brand").innerText()).toContain(say("home"));
    await page.locator("header starlight-lang-select select").selectOption({ label: "日本語" });
    if (lang !== "ja") await page.waitForURL(`${server.url}ja/`);
    await page.goto(`${server.url}${folder}no/such/page/`);
    await page.locator("main a:visible").first().click();
    await page.waitForURL(server.url + folder);
    expect(elsewhere).toEqual([]);
    await page.close();
  },
);

test("without scripts, the page says it in every language, each marked as such", async () => {
  const { page } = await openWatched(browser, server.url, { javaScriptEnabled: false });
  await page.goto(`${server.url}ja/no/such/page/`);
  const said = page.locator("main section:visible");
  expect(await said.count()).toBe(languages.length);
  for (const { lang } of languages)
    expect(await page.locator(`main section[lang="${lang}"]`).innerText()).toContain(wordsOf(lang)("notFound"));
  await page.close();
});

test("search engines are asked not to list it", () => {
  expect(readFileSync(`${dist}404.html`, "utf8")).toContain('<meta name="robots" content="noindex"/>');
});
