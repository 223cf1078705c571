import { existsSync } from "node:fs";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { StaticSite } from "@contact-groups/testing/static-site";
import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import names from "../src/search/other-names.json" with { type: "json" };
import { siteWords } from "../src/words/words.ts";
import queries from "./search-queries.json" with { type: "json" };
import { dist, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

const folders = { en: "", "zh-CN": "zh-cn/", ja: "ja/" } as const;
const langs = Object.keys(folders) as (keyof typeof folders)[];
const words = siteWords.en;

const open = (page: Page): Promise<void> => page.keyboard.press("Control+k");
const input = (page: Page): ReturnType<Page["locator"]> => page.getByRole("searchbox");
const status = (page: Page): ReturnType<Page["locator"]> => page.locator("site-search [role=status]");
const results = (page: Page): ReturnType<Page["locator"]> => page.locator(".search-results > li > a");

/** Searches in the open dialog, and returns the paths of the results, the best first. */
async function search(page: Page, text: string): Promise<string[]> {
  await input(page).fill(text);
  await status(page).filter({ hasText: text }).waitFor();
  return results(page).evaluateAll((links) =>
    links.map((link) => decodeURI(new URL((link as HTMLAnchorElement).href).pathname.slice(1))),
  );
}

/** Opens the dialog on a page of the site. */
async function opened(path = ""): Promise<Awaited<ReturnType<typeof openWatched>>> {
  const watched = await openWatched(browser, server.url);
  await watched.page.goto(server.url + path, { waitUntil: "load" });
  await open(watched.page);
  return watched;
}

describe.each(langs)("in %s", (lang) => {
  test("what readers type has the page that they want as its first result", async () => {
    const { page, elsewhere, errors } = await opened(folders[lang]);
    const wanted: Record<string, string> = {};
    const found: Record<string, string | undefined> = {};
    for (const [text, path] of queries[lang] as [string, string][]) {
      wanted[text] = folders[lang] + path;
      [found[text]] = await search(page, text);
    }
    expect(found).toEqual(wanted);
    expect(Object.keys(wanted).length).toBeGreaterThanOrEqual(20);
    expect([...elsewhere, ...errors]).toEqual([]);
    await page.close();
  });

  test("a field is found on the page of its operation, at the field", async () => {
    const { page } = await opened(folders[lang]);
    await search(page, "NextStartIndex");
    const first = page.locator(".search-results > li").first();
    const target = new URL(
      await first
        .locator("li a")
        .first()
        .evaluate((link) => (link as HTMLAnchorElement).href),
    );
    expect(target.hash).toMatch(/NextStartIndex$/);
    await page.goto(target.href);
    expect(await page.locator(`[id="${decodeURIComponent(target.hash.slice(1))}"]`).textContent()).toContain(
      "NextStartIndex",
    );
    await page.close();
  });
});

test("each page that other-names.json names exists", () => {
  expect(Object.keys(names).filter((page) => !existsSync(`${dist}${page}/index.html`))).toEqual([]);
});

test("a page loads nothing for the search before it is opened", async () => {
  const { page } = await openWatched(browser, server.url);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(server.url, { waitUntil: "networkidle" });
  expect(requests.filter((url) => /pagefind|worker/.test(url))).toEqual([]);
  await page.close();
});

describe("by keyboard", () => {
  test("arrows move through the results and back, Enter opens the focused one", async () => {
    const { page } = await opened();
    const found = await search(page, "timeout");
    await page.keyboard.press("ArrowDown");
    await expect
      .poll(() =>
        results(page)
          .nth(0)
          .evaluate((link) => link === document.activeElement),
      )
      .toBe(true);
    expect(
      await results(page)
        .nth(0)
        .evaluate((link) => link.matches(":focus-visible")),
    ).toBe(true);
    await page.keyboard.press("ArrowUp");
    expect(await input(page).evaluate((field) => field === document.activeElement)).toBe(true);
    const second = results(page).nth(1);
    while (!(await second.evaluate((link) => link === document.activeElement))) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(server.url + found[1]);
    await page.close();
  });

  test("Enter in the field opens the first result, also when it comes before the result", async () => {
    const { page } = await opened();
    await input(page).fill("51008");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== "/");
    expect(page.url()).toBe(`${server.url}errors/51008/`);
    await page.close();
  });

  test("Enter that ends the composition of Chinese or Japanese text opens nothing", async () => {
    const { page } = await opened("ja/");
    await search(page, "マーク");
    await input(page).evaluate((field) =>
      field.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }),
      ),
    );
    expect(page.url()).toBe(`${server.url}ja/`);
    expect(await page.locator("site-search dialog").isVisible()).toBe(true);
    await page.close();
  });

  test("Escape closes the dialog and returns to where the reader was", async () => {
    const { page } = await openWatched(browser, server.url);
    await page.goto(server.url);
    await page.locator("site-search > button").focus();
    await page.keyboard.press("Enter");
    await input(page).fill("51008");
    await page.keyboard.press("Escape");
    expect(await page.locator("site-search dialog").isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.matches("site-search > button"))).toBe(true);
    await page.close();
  });
});

test("words that no page has are reported as found nowhere", async () => {
  const { page } = await opened();
  expect(await search(page, "xylophone")).toEqual([]);
  expect(await status(page).textContent()).toBe(words["search.none"].replace("{words}", "xylophone"));
  await page.close();
});

test("Chinese words on the English site lead to their results in the other languages", async () => {
  const { page } = await opened();
  await search(page, "签名过期");
  const link = page.locator(".search-others a[hreflang=zh-CN]");
  await link.click();
  await page.waitForURL(`${server.url}zh-cn/`);
  await results(page).first().waitFor();
  expect(await input(page).inputValue()).toBe("签名过期");
  expect(await results(page).first().getAttribute("href")).toContain("zh-cn/errors/70001/");
  await page.close();
});

describe("when the index does not arrive", () => {
  const again = (page: Page): ReturnType<Page["locator"]> => page.locator(".search-again");

  test("without a network the dialog says so, and searches when the network is back", async () => {
    const { page } = await openWatched(browser, server.url);
    await page.goto(server.url);
    await page.context().setOffline(true);
    await open(page);
    await input(page).fill("51008");
    await again(page).waitFor();
    expect(await status(page).textContent()).toBe(words["search.offline"]);
    await page.context().setOffline(false);
    await results(page).first().waitFor();
    expect(await again(page).isVisible()).toBe(false);
    await page.close();
  });

  test.each([
    ["is missing", { status: 404, body: "Not found" }],
    ["is a page of a proxy", { status: 200, body: "<!doctype html><title>Log in</title>" }],
    ["is damaged", { status: 200, body: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]) }],
  ])("the dialog says so where a file %s, and searches when it is asked again", async (_, response) => {
    const { page } = await openWatched(browser, server.url);
    await page.goto(server.url);
    await page.route("**/*.pf_index", (route) => route.fulfill(response));
    await open(page);
    await input(page).fill("51008");
    await again(page).waitFor();
    expect(await status(page).textContent()).toBe(words["search.failed"]);
    await page.unroute("**/*.pf_index");
    await again(page).click();
    await results(page).first().waitFor();
    await page.close();
  });

  test.each(["search-worker*.js", "pagefind.js", "pagefind-entry.json*", "*.pf_meta", "wasm.*", "*.pf_fragment"])(
    "the dialog says so where %s is missing",
    async (file) => {
      const { page } = await openWatched(browser, server.url);
      await page.goto(server.url);
      await page.route(`**/${file}`, (route) => route.fulfill({ status: 404, body: "" }));
      await open(page);
      await input(page).fill("51008");
      await again(page).waitFor();
      expect(await status(page).textContent()).toBe(words["search.failed"]);
      await page.close();
    },
  );

  test("the dialog says that it searches while a file is on its way", async () => {
    const { page } = await openWatched(browser, server.url);
    await page.goto(server.url);
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/*.pf_index", async (route) => {
      await released;
      await route.continue();
    });
    const asked = page.waitForRequest("**/*.pf_index");
    await open(page);
    await input(page).fill("51008");
    await asked;
    expect(await status(page).textContent()).toBe(words["search.searching"]);
    release();
    await results(page).first().waitFor();
    await page.close();
  });
});

test("the language switch keeps the page", async () => {
  const { page } = await openWatched(browser, server.url);
  await page.goto(`${server.url}errors/51008/`);
  await page.locator("starlight-lang-select select").first().selectOption({ label: "日本語" });
  await page.waitForURL(`${server.url}ja/errors/51008/`);
  expect(await page.locator("html").getAttribute("lang")).toBe("ja");
  await page.close();
});
