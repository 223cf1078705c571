import type { Browser } from "playwright-core";
import { expect, test } from "vitest";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { serveSite } from "./served-site.ts";
import { openWatched, pages } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

test("every page in every language loads in light and dark without a complaint or a request elsewhere", async () => {
  const waiting = [...pages];
  const findings: string[] = [];
  const visit = async (): Promise<void> => {
    const { page, complaints, elsewhere } = await openWatched(browser, server.url);
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      await page.emulateMedia({ colorScheme: "light" });
      const response = await page.goto(server.url + path, { waitUntil: "load" });
      await page.emulateMedia({ colorScheme: "dark" });
      const title = await page.title();
      if (response?.status() !== 200 || title === "") findings.push(`${path}: ${response?.status()} ${title}`);
      if ((await page.evaluate(() => document.compatMode)) !== "CSS1Compat") findings.push(`${path}: has no doctype`);
      findings.push(...complaints.splice(0).map((complaint) => `${path}: ${complaint}`));
      findings.push(...elsewhere.splice(0).map((url) => `${path}: asks for ${url}`));
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: 4 }, visit));
  expect(findings).toEqual([]);
  expect(pages.length).toBeGreaterThan(250);
}, 600_000);
