import { globSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { patience } from "@contact-groups/testing/browser";

/** The folder of the built site. */
export const dist: string = fileURLToPath(new URL("../dist/", import.meta.url));

/** Paths of all pages, such as `zh-cn/errors/51008/`. */
export const pages: readonly string[] = globSync("**/index.html", { cwd: dist })
  .map((file) => file.slice(0, -"index.html".length).replaceAll(sep, "/"))
  .toSorted();

/** Pages that Redoc made of the released versions, which are in English alone. */
export const releasePages: readonly string[] = pages.filter((page) => page.startsWith("versions/"));

/** Pages that Starlight made; the others are Redoc's. */
export const ownPages: readonly string[] = pages.filter(
  (page) => !page.endsWith("reference/all/") && !releasePages.includes(page),
);

/** The same page in each language, from its English path. */
export function inAllLanguages(page: string): readonly string[] {
  return ["", "zh-cn/", "ja/"].map((language) => language + page);
}

/** A page of a browser that notes what must not happen. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the console; a refusal by the Content Security Policy is one too. */
  readonly complaints: string[];
  /** Requests to other origins, which are refused. */
  readonly elsewhere: string[];
}

/** Opens a tab that refuses and notes every request to another origin than the site's. */
export async function openWatched(browser: Browser, origin: string): Promise<WatchedPage> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  // As in browsers that have none: on a busy machine Chromium puts off what waits for an idle moment, which the search does, for minutes.
  await page.addInitScript(() => Object.assign(globalThis, { requestIdleCallback: undefined }));
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  await page.route(
    (url) => url.origin !== new URL(origin).origin && !["blob:", "data:", "file:"].includes(url.protocol),
    (route) => {
      elsewhere.push(route.request().url());
      return route.abort();
    },
  );
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints, elsewhere };
}
