import { errors as catalogue } from "@contact-groups/openapi/model";
import { layoutFaults } from "@contact-groups/testing/layout";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { exempt, ownKinds } from "./kinds.ts";
import { inAllLanguages, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

const samples = ownKinds.flatMap(({ sample }) => inAllLanguages(sample));
const phone = { viewport: { width: 360, height: 800 } };
const desktop = { viewport: { width: 1440, height: 900 } };

describe("every block of code", () => {
  test.each(samples)("on /%s is shown, in place, by its tab or below its summary", async (path) => {
    for (const size of [phone, desktop]) {
      const page = await open(path, size);
      expect({ ...size, hidden: await hiddenCode(page) }).toEqual({ ...size, hidden: [] });
      await page.close();
    }
  });
});

test("the page of creating a group is at most 6000 px tall on a phone, in each language", async () => {
  for (const path of inAllLanguages("reference/create_contact_group/")) {
    const page = await open(path, phone);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect({ path, height: Math.min(height, 6000) }).toEqual({ path, height });
    await page.close();
  }
});

describe("without JavaScript", () => {
  const off = { javaScriptEnabled: false };

  test.each(samples)("/%s has its text, its code and the links of the menu, and no fault of layout", async (path) => {
    for (const size of [phone, desktop]) {
      const page = await open(path, { ...size, ...off });
      expect({ ...size, faults: await layoutFaults(page, exempt) }).toEqual({ ...size, faults: [] });
      expect({ ...size, hidden: await hiddenCode(page) }).toEqual({ ...size, hidden: [] });
      const heading = page.locator("h1").first();
      expect(await heading.isVisible()).toBe(true);
      const links = await menuLinks(page);
      for (const wanted of ["guides/getting-started/", "reference/create_contact_group/", "errors/", "console/"])
        expect(links.join("\n")).toMatch(new RegExp(`/${wanted}(?:\\?.*)?$`, "m"));
      await page.close();
    }
  });

  test.each(inAllLanguages("errors/"))(
    "/%s lists every error code, with a link that leads to its page",
    async (path) => {
      const page = await open(path, { ...phone, ...off });
      const codes = Object.keys(catalogue);
      const links = await shownLinks(page);
      expect(codes.filter((code) => !links.some((link) => link.endsWith(`/${path}${code}/`)))).toEqual([]);
      await page.locator(`main a[href$="/errors/${codes.at(-1)}/"]`).click();
      await page.waitForURL(`**/errors/${codes.at(-1)}/`);
      expect(await page.locator("h1").innerText()).toContain(codes.at(-1));
      await page.close();
    },
  );
});

const own = ownKinds.map(({ sample }) => sample);

// They wait for the line, not for the machine.
describe.concurrent("over a slow line", () => {
  test.each(own)("/%s can be read before a script has arrived, and nothing moves when they do", async (path) => {
    const { page } = await openWatched(browser, server.url, phone);
    await page.addInitScript(watchShifts);
    const network = await page.context().newCDPSession(page);
    const throughput = 400_000 / 8;
    const line = { offline: false, latency: 400, downloadThroughput: throughput, uploadThroughput: throughput };
    await network.send("Network.emulateNetworkConditions", line);
    let release = (): void => {};
    const read = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/*.js", async (route) => {
      await read;
      await route.continue();
    });
    await page.goto(server.url + path, { waitUntil: "commit" });
    await page.locator("h1").first().waitFor();
    // The text is there to its end.
    await page.waitForFunction(() => document.readyState !== "loading");
    // Two frames, so that what has moved until then is counted.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const before = await shownText(page);
    // What moves while the text itself arrives depends on how the line cuts it into pieces, such as a table that gets wider with its rows.
    await takeShift(page);
    release();
    await page.waitForLoadState("networkidle");
    expect(before.length).toBeGreaterThan(50);
    expect(await takeShift(page)).toBeLessThanOrEqual(0.05);
    await page.close();
  });
});

describe.concurrent("when scripts fail to load", () => {
  test.each(own)("/%s has its text and its code, whichever it is", async (path) => {
    const scripts = new Set<string>();
    const first = await openWatched(browser, server.url, desktop);
    first.page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.add(request.url());
    });
    await first.page.goto(server.url + path, { waitUntil: "networkidle" });
    await first.page.close();

    for (const failing of [[...scripts], ...[...scripts].map((script) => [script])]) {
      const { page, errors } = await openWatched(browser, server.url, desktop);
      await page.route(
        ({ href }) => failing.includes(href),
        (route) => route.abort(),
      );
      await page.goto(server.url + path, { waitUntil: "networkidle" });
      const others = errors.filter((error) => !/net::ERR_FAILED|dynamically imported module/.test(error));
      const text = await page.locator("main").innerText();
      expect({ failing, others, hidden: await hiddenCode(page) }).toEqual({ failing, others: [], hidden: [] });
      expect(text.length).toBeGreaterThan(50);
      await page.close();
    }
  });
});

/** Runs in the page: adds up how much of it moved by itself. */
function watchShifts(): void {
  const total = globalThis as { shifted?: number };
  total.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) total.shifted! += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** How much of the page moved by itself since it was asked last. */
function takeShift(page: Page): Promise<number> {
  return page.evaluate(() => {
    const total = globalThis as { shifted?: number };
    const { shifted = 0 } = total;
    total.shifted = 0;
    return shifted;
  });
}

/** The text of the page as it is shown. */
function shownText(page: Page): Promise<string> {
  return page.locator("main").first().innerText();
}

async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const { page } = await openWatched(browser, server.url, options);
  await page.goto(server.url + path);
  return page;
}

/** The addresses of the links that are shown when the menu is open, which is a popover that needs no script. */
async function menuLinks(page: Page): Promise<string[]> {
  const menu = page.locator("[popovertarget]");
  if (await menu.isVisible()) await menu.click();
  return shownLinks(page);
}

/** The addresses of the links that are shown. */
async function shownLinks(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>("a[href]")]
      .filter((link) => link.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map(({ href }) => href.replace(/#.*/, "")),
  );
}

/** Opens what is folded away and each tab, and returns the blocks of code that are never shown, and those that show nothing. */
async function hiddenCode(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    document.querySelectorAll("main pre").forEach((pre, index) => pre.setAttribute("data-block", String(index)));
    // From the outside to the inside, as a reader does: a summary that is not shown opens nothing.
    for (const details of document.querySelectorAll<HTMLDetailsElement>("main details"))
      if (details.querySelector("summary")?.checkVisibility({ visibilityProperty: true })) details.open = true;
  });
  const found = new Map<string, string>();
  const look = async (): Promise<void> => {
    for (const [block, text] of await shownBlocks(page)) found.set(block, text);
  };
  await look();
  for (const tab of await page.locator("main [role=tab]").all()) {
    if (!(await tab.isVisible())) continue;
    await tab.click();
    await look();
  }
  const all = await page.locator("main pre").evaluateAll((blocks) =>
    // What a script fills later is empty, and is not shown.
    blocks.filter(({ textContent }) => textContent?.trim()).map((pre) => (pre as HTMLElement).dataset["block"]!),
  );
  const empty = [...found].filter(([, text]) => text.trim() === "").map(([block]) => block);
  return [...all.filter((block) => !found.has(block)), ...empty];
}

/** The blocks of code that are shown, with their texts. */
async function shownBlocks(page: Page): Promise<[block: string, text: string][]> {
  return page
    .locator("main pre")
    .evaluateAll((found) =>
      (found as HTMLElement[])
        .filter((pre) => pre.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((pre) => [pre.dataset["block"]!, pre.innerText]),
    );
}
