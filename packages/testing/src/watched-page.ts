import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { patience } from "./browser.ts";

/** A page of a browser, with what must not happen on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the browser's console, those of the Content Security Policy included. */
  readonly errors: string[];
  /** Requests to other origins, which are blocked. */
  readonly elsewhere: string[];
}

/** Opens a tab that blocks and records every request to another origin. */
export async function openWatched(
  browser: Browser,
  origin: string,
  options?: BrowserContextOptions,
): Promise<WatchedPage> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(patience);
  // As in browsers that have none: on a busy machine Chromium puts off what waits for an idle moment, which the search does, for minutes.
  await page.addInitScript(() => Object.assign(globalThis, { requestIdleCallback: undefined }));
  const errors: string[] = [];
  const elsewhere: string[] = [];
  await page.route(
    (url) => url.origin !== new URL(origin).origin && !["blob:", "data:", "file:"].includes(url.protocol),
    (route) => {
      elsewhere.push(route.request().url());
      return route.abort();
    },
  );
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return { page, errors, elsewhere };
}
