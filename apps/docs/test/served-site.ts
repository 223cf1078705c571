import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { serveStaticSite, type StaticSite } from "@contact-groups/testing/static-site";
import { launchBrowser } from "@contact-groups/testing/browser";
import { dist } from "./site.ts";

/** The built site on a free port, and a browser to read it. */
export interface ServedSite {
  readonly server: StaticSite;
  readonly browser: Browser;
}

/** Serves the built site to all tests of a file, and ends server and browser after them. */
export function serveSite(give: (site: ServedSite) => void): void {
  let server: StaticSite | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    server = await serveStaticSite(dist);
    browser = await launchBrowser();
    give({ server, browser });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
}
