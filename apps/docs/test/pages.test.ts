import { readFileSync } from "node:fs";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { errors as catalogue } from "@contact-groups/openapi/model";
import { layoutFaults } from "@contact-groups/testing/layout";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser } from "playwright-core";
import { expect, test } from "vitest";
import { exempt } from "./kinds.ts";
import { dist, pages, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

/** One template makes the translated pages of all error codes: a browser opens every twentieth. */
const codes = Object.keys(catalogue);
const opened = pages.filter((page) => {
  const [, code] = /^(?:ja|zh-cn)\/errors\/(\d+)\//.exec(page) ?? [];
  return code === undefined || codes.indexOf(code) % 20 === 0;
});

test("every page is a file with a doctype, in every language", () => {
  expect(pages.length).toBeGreaterThan(3 * codes.length);
  const without = pages.filter((page) => !/^<!doctype html>/i.test(readFileSync(`${dist}${page}index.html`, "utf8")));
  expect(without).toEqual([]);
});

test("every page loads in light and dark without an error, a request to another origin, or a fault of layout on a phone", async () => {
  const waiting = [...opened];
  const found: string[] = [];
  const visit = async (): Promise<void> => {
    const { page, errors, elsewhere } = await openWatched(browser, server.url, {
      viewport: { width: 360, height: 800 },
    });
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      await page.emulateMedia({ colorScheme: "light" });
      const response = await page.goto(server.url + path, { waitUntil: "load" });
      await page.emulateMedia({ colorScheme: "dark" });
      const title = await page.title();
      if (response?.status() !== 200 || title === "") found.push(`${path}: ${response?.status()} ${title}`);
      found.push(...(await layoutFaults(page, exempt)).map((fault) => `${path}: ${fault}`));
      found.push(...errors.splice(0).map((error) => `${path}: ${error}`));
      found.push(...elsewhere.splice(0).map((url) => `${path}: requests ${url}`));
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: 4 }, visit));
  expect(found).toEqual([]);
  expect(opened.length).toBeGreaterThan(100);
}, 600_000);
