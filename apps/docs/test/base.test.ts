import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveStaticSite, type StaticSite } from "@contact-groups/testing/static-site";
import { launchBrowser } from "@contact-groups/testing/browser";
import { buildSite } from "./build-site.ts";
import { ConsolePage } from "./console-page.ts";
import { openWatched, ownPages } from "./site.ts";

const base = "/any/base/";
let folder: string;
let server: StaticSite;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "based-site-"));
  await buildSite(join(folder, base), { DOCS_BASE: base });
  copyFileSync(join(folder, base, "404.html"), join(folder, "404.html"));
  server = await serveStaticSite(folder);
  browser = await launchBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("under a base, every link of every page stays inside it and leads somewhere", () => {
  const origin = "http://site.test";
  const broken = ownPages.flatMap((page) => {
    const html = readFileSync(join(folder, base, page, "index.html"), "utf8");
    return [...new Set([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target = ""]) => target))].flatMap(
      (target) => {
        const url = new URL(target.replaceAll("&amp;", "&"), origin + base + page);
        if (url.origin !== origin) return [];
        const file = decodeURIComponent(url.pathname);
        const isThere = file.startsWith(base) && existsSync(join(folder, file, file.endsWith("/") ? "index.html" : ""));
        return isThere ? [] : [`${page}: ${target}`];
      },
    );
  });
  expect(broken).toEqual([]);
});

test("under a base, search, language switch, Redoc and console work", async () => {
  const { page, complaints, elsewhere } = await openWatched(browser, server.url);
  const at = (path: string): string => server.url + base.slice(1) + path;

  await page.goto(at("zh-cn/"), { waitUntil: "load" });
  await page.locator(".pagefind-ui__search-input").waitFor({ state: "attached" });
  await page.keyboard.press("Control+k");
  await page.locator(".pagefind-ui__search-input").fill("51008");
  await page.locator(".pagefind-ui__result-link").first().click();
  await page.waitForURL(at("zh-cn/errors/51008/"));
  await page.locator("starlight-lang-select select").first().selectOption({ label: "日本語" });
  await page.waitForURL(at("ja/errors/51008/"));

  await page.goto(at("reference/all/"));
  await page.locator("[data-section-id]").first().waitFor();
  expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });

  const tab = await ConsolePage.in({ browser, server: { ...server, url: at("") } });
  await tab.open();
  expect(JSON.parse(await tab.send())).toMatchObject({ ErrorCode: 0 });
  expect([tab.complaints, tab.elsewhere]).toEqual([[], []]);
});
