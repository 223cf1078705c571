import { existsSync, readFileSync } from "node:fs";
import { ApiError } from "@contact-groups/client";
import { createMockClient } from "@contact-groups/client/testing";
import { errors, operations as paths, type KnownErrorCode } from "@contact-groups/openapi/model";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { languages } from "../src/locales.ts";
import { modelOf } from "../src/reference/model.ts";
import { siteWords } from "../src/words/words.ts";
import { dist, inAllLanguages, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;
serveSite((site) => ({ server, browser } = site));

const entries = Object.values(errors);

test.each(entries)(
  "$code has a page in every language, with its title in that language and its name",
  ({ code, name }) => {
    for (const { lang, path } of languages) {
      const page = readFileSync(`${dist}${path === undefined ? "" : `${path}/`}errors/${code}/index.html`, "utf8");
      const title = `${code} ${modelOf(lang).errorTitles[code]}`;
      expect(page).toContain(`<title>${title} | `);
      expect(page).toMatch(new RegExp(`<h1[^>]*>${title}</h1>`));
      expect(page).toContain(`<code>${name}</code>`);
    }
  },
);

test("a page leads to its neighbours, to the operations that return the code and to the console with both", async () => {
  const { page } = await openWatched(browser, server.url);
  const code: KnownErrorCode = 51011;
  await page.goto(`${server.url}ja/errors/${code}/`);
  const links = await page
    .locator("main a")
    .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href));
  const { operations } = errors[code];
  const slugs = operations.map((id) => paths[id].path.split("/").at(-1));
  const index = entries.findIndex((entry) => entry.code === code);
  expect(links).toEqual(
    expect.arrayContaining([
      ...slugs.map((slug) => `${server.url}ja/reference/${slug}/`),
      ...[index - 1, index + 1].map((at) => `${server.url}ja/errors/${entries[at]!.code}/`),
      `${server.url}ja/console/?error=${code}&operation=${operations[0]}`,
    ]),
  );
  await page.close();
});

test.each([360, 1440])("a page of %i pixels has no text that is cut off", async (width) => {
  const { page } = await openWatched(browser, server.url, { viewport: { width, height: 900 } });
  for (const { code } of entries) {
    await page.goto(`${server.url}errors/${code}/`, { waitUntil: "domcontentloaded" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  await page.close();
});

test("the docsUrl of the client's errors is the code's page", async () => {
  const docsUrl = "https://docs.example.com/base";
  const client = createMockClient({ docsUrl });
  for (const { code } of entries) {
    client.mock.next("getContactGroup", { error: code });
    const error: unknown = await client
      .getContactGroup({ From_Account: "ann", StartIndex: 0 }, { retry: false })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    const page = (error as ApiError).docsUrl?.slice(docsUrl.length) ?? "none";
    expect(page).toBe(`/errors/${code}/`);
    expect(existsSync(`${dist}${page}index.html`)).toBe(true);
  }
});

/** Opens the list of codes, and returns what reads it. */
async function openList(
  path: string,
  options?: BrowserContextOptions,
): Promise<{ page: Page; codes: () => Promise<number[]> }> {
  const { page } = await openWatched(browser, server.url, options);
  await page.goto(server.url + path);
  const numbers = page.locator(".error-list > li:visible .error-number");
  return { page, codes: async () => (await numbers.allInnerTexts()).map(Number) };
}

const all = entries.map(({ code }) => code);

test.each(inAllLanguages("errors/"))(
  "the list at /%s says how many codes there are, and narrows down to a text",
  async (path) => {
    const { page, codes } = await openList(path);
    const numbers = async (): Promise<number[] | undefined> =>
      (await page.locator("error-filter output").textContent())?.match(/\d+/g)?.map(Number);
    expect(await codes()).toEqual(all);
    expect(await numbers()).toEqual([all.length, all.length]);
    await page.locator("input[name=text]").fill("GroupNameTooLong");
    expect(await codes()).toEqual([51011]);
    expect((await numbers())?.toSorted((one, other) => one - other)).toEqual([1, all.length]);
    await page.close();
  },
);

test("the list narrows down to a category and an operation", async () => {
  const { page, codes } = await openList("errors/");
  const expected = entries.filter(({ category }) => category === "throttle").map(({ code }) => code);
  await page.locator("select[name=category]").selectOption("throttle");
  expect(await codes()).toEqual(expected);
  await page.locator("select[name=category]").selectOption("");
  await page.locator("select[name=operation]").selectOption("searchContactGroup");
  expect(await codes()).not.toContain(51010);
  expect(await codes()).toContain(51007);
  await page.close();
});

test("the filter is in the address: it is there after Back and in a link, and a value that does not exist is ignored", async () => {
  const { page, codes } = await openList("errors/");
  await page.locator("select[name=category]").selectOption("auth");
  await page.locator("input[name=text]").fill("expired");
  const shown = await codes();
  const address = page.url();
  expect(new URL(address).search).toBe("?category=auth&text=expired");
  await page.locator(".error-list > li:visible a").first().click();
  await page.waitForURL(/errors\/\d+\//);
  await page.goBack();
  expect(await codes()).toEqual(shown);
  expect(await page.locator("input[name=text]").inputValue()).toBe("expired");
  await page.goto(`${server.url}errors/?category=none`);
  expect(await codes()).toEqual(all);
  await page.close();
});

test("a filter that no code fits says so, and its button shows all codes again", async () => {
  const { page, codes } = await openList("errors/");
  await page.locator("input[name=text]").fill("no such text");
  expect(await codes()).toEqual([]);
  const none = page.locator(".error-none");
  expect(await none.textContent()).toContain(siteWords.en["errors.none"]);
  await none.getByRole("button").click();
  expect(await codes()).toEqual(all);
  expect(new URL(page.url()).search).toBe("");
  await page.close();
});

test("without JavaScript the list is whole, and has no form", async () => {
  const { page, codes } = await openList("errors/", { javaScriptEnabled: false });
  expect(await codes()).toEqual(all);
  expect(await page.locator("form.error-filter").isVisible()).toBe(false);
  await page.close();
});

test.each([360, 1440])(
  "nothing moves while the list is loaded at %i pixels, and its names and categories are whole",
  async (width) => {
    const { page } = await openWatched(browser, server.url, { viewport: { width, height: 900 } });
    await page.goto(`${server.url}errors/`, { waitUntil: "networkidle" });
    const { moved, broken, wide, categories } = await page.evaluate(async () => {
      const observer = new PerformanceObserver(() => {});
      observer.observe({ type: "layout-shift", buffered: true });
      // Those of before are handed over with the next frame.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const main = document.querySelector("main");
      const shifts = (observer.takeRecords() as unknown as { sources: { node: Node | null }[] }[])
        .flatMap(({ sources }) => sources)
        .filter(({ node }) => node !== null && main?.contains(node) === true).length;
      const lines = (name: Element): number => {
        const range = document.createRange();
        range.selectNodeContents(name);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      };
      return {
        moved: shifts,
        broken: [...document.querySelectorAll(".error-list code")].filter((name) => lines(name) > 1).length,
        wide: document.documentElement.scrollWidth,
        categories: [...document.querySelectorAll<HTMLElement>(".error-category")].filter(
          ({ offsetWidth }) => offsetWidth > 0,
        ).length,
      };
    });
    expect({ moved, broken, wide, categories }).toEqual({ moved: 0, broken: 0, wide: width, categories: all.length });
    await page.close();
  },
);
