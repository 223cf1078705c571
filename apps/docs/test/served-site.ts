import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { type SiteServer, startSiteServer } from "../start/site-server.ts";
import { launchBrowser } from "@contact-groups/testing/browser";

/** The built site on a free port, and a browser to read it. */
export interface ServedSite {
  readonly server: SiteServer;
  readonly browser: Browser;
}

/** Serves the built site to all tests of a file, and ends server and browser after them. */
export function serveSite(give: (site: ServedSite) => void): void {
  let server: SiteServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    server = await startSiteServer(0);
    browser = await launchBrowser();
    give({ server, browser });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
}
