import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

/** Opens the search by keyboard and returns the addresses of the results, the best first. */
async function search(page: Page, words: string): Promise<string[]> {
  // The page creates the form when it is idle.
  await page.locator(".pagefind-ui__search-input").waitFor({ state: "attached" });
  await page.bringToFront();
  await page.keyboard.press("Control+k");
  await page.locator(".pagefind-ui__search-input").fill(words);
  const links = page.locator(".pagefind-ui__result-link");
  await links.first().waitFor();
  return links.evaluateAll((found) => found.map((link) => new URL((link as HTMLAnchorElement).href).pathname.slice(1)));
}

test.each([
  ["zh-cn/", "拉取", "zh-cn/reference/get_contact_group/"],
  ["zh-cn/", "搜索会话分组标记", "zh-cn/reference/search_contact_group/"],
  ["zh-cn/", "会话标记", "zh-cn/guides/marks/"],
  ["zh-cn/", "51008", "zh-cn/errors/51008/"],
  ["", "51008", "errors/51008/"],
  ["", "NextStartIndex", "reference/get_contact_group/"],
  ["", "usersig", "guides/authentication/"],
  ["", "too many groups", "errors/51010/"],
  ["ja/", "51008", "ja/errors/51008/"],
])("on /%s a search for %s lists %s first", async (language, words, expected) => {
  const { page, elsewhere } = await openWatched(browser, server.url);
  await page.goto(server.url + language, { waitUntil: "load" });
  expect((await search(page, words))[0]).toBe(expected);
  expect(elsewhere).toEqual([]);
  await page.close();
});

test("the language switch keeps the page", async () => {
  const { page } = await openWatched(browser, server.url);
  await page.goto(`${server.url}errors/51008/`);
  await page.locator("starlight-lang-select select").first().selectOption({ label: "日本語" });
  await page.waitForURL(`${server.url}ja/errors/51008/`);
  expect(await page.locator("html").getAttribute("lang")).toBe("ja");
  await page.close();
});

test("the search and its first result are reached by keyboard alone", async () => {
  const { page } = await openWatched(browser, server.url);
  await page.goto(server.url);
  await search(page, "51008");
  await page.keyboard.press("Tab");
  for (let presses = 0; presses < 6; presses++) {
    if (await page.evaluate(() => document.activeElement?.classList.contains("pagefind-ui__result-link"))) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/errors\/51008\//);
  expect(await page.locator("h1").textContent()).toContain("51008");
  await page.close();
});
