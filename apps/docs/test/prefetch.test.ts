import { openWatched } from "@contact-groups/testing/watched-page";
import type { StaticSite } from "@contact-groups/testing/static-site";
import type { Browser } from "playwright-core";
import { expect, test } from "vitest";
import { serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;
serveSite((site) => ({ server, browser } = site));

test("a page is fetched when the pointer rests on a link to it, and a file is not", async () => {
  const { page, errors } = await openWatched(browser, server.url);
  await page.goto(`${server.url}downloads/`);
  const fetched: string[] = [];
  const session = await page.context().newCDPSession(page);
  session.on("Preload.prefetchStatusUpdated", ({ prefetchUrl }) => fetched.push(prefetchUrl));
  await session.send("Preload.enable");
  await page.locator("main a[download], main a[href$='.yaml']").first().hover();
  await page.locator(".sidebar a[href='/console/']").hover();
  await expect.poll(() => fetched).toContain(`${server.url}console/`);
  expect(fetched.filter((url) => !url.endsWith("/"))).toEqual([]);
  expect(errors).toEqual([]);
  await page.close();
});
