import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errors as catalogue, info, servers } from "@contact-groups/openapi/model";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { accessibilityViolations } from "@contact-groups/testing/axe";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Locator, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { modelOf, operations as operationsOf } from "../src/reference/model.ts";
import { dist, inAllLanguages, serveSite } from "./site.ts";

const operations = operationsOf(modelOf("en"));
const [first, second] = operations;

let server: StaticSite;
let browser: Browser;
let page: Page;
let elsewhere: string[];
let errors: string[];

serveSite((site) => ({ server, browser } = site));

beforeEach(async () => {
  ({ page, elsewhere, errors } = await openWatched(browser, server.url));
});
afterEach(async () => {
  await page.close();
});

const heading = (summary: string): Locator => page.locator("#redoc").getByRole("heading", { name: summary });

async function open(anchor = ""): Promise<void> {
  await page.goto(`${server.url}reference/${anchor && `#${anchor}`}`);
  await page.locator("#redoc [data-section-id]").first().waitFor({ state: "attached" });
}

describe("the page of Redoc", () => {
  test.each(operations)("shows $id without an error or a request to another origin", async (operation) => {
    await open(operation.slug);
    await heading(operation.texts.summary).waitFor();
    await page.locator("#redoc").getByText(operation.path).first().waitFor();
    await page.waitForLoadState("networkidle");
    expect({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
  });

  test.each(inAllLanguages("reference/"))(
    "/%s opens an operation from its own page, and that from here",
    async (path) => {
      // One template makes the page of every language.
      for (const { slug } of path === "reference/" ? operations : operations.slice(0, 1)) {
        await page.goto(`${server.url}${path}${slug}/`);
        const title = await page.locator("h1").innerText();
        await page.locator(`main a[href*="reference/#"]`).click();
        await heading(title).waitFor();
        await expect.poll(() => isInView(heading(title))).toBe(true);
        await page.locator(`#redoc a[href$="reference/${slug}/"]`).click();
        await page.waitForURL(`${server.url}${path}${slug}/`);
      }
      expect(errors).toEqual([]);
    },
  );

  test("opens at a field by the anchor that the field has on its own page", async () => {
    await open("create_contact_group/request.GroupContactItem.GroupName");
    const field = page.locator('.schema-property-item[id$="groupcontactitem[]/groupname"]').first();
    await field.waitFor();
    await expect.poll(() => isInView(field)).toBe(true);
  });

  test("goes from operation to operation by the menu of the site, which marks the one that is read, and back", async () => {
    await open(first!.slug);
    const marked = page.locator('.sidebar-content [aria-current="page"]');
    await page.locator(`.sidebar-content a[href="#${second!.slug}"]`).click();
    await heading(second!.texts.summary).waitFor();
    await expect.poll(() => isInView(heading(second!.texts.summary))).toBe(true);
    await marked.getByText(second!.slug).waitFor();
    await page.goBack();
    await marked.getByText(first!.slug).waitFor();
    await expect.poll(() => isInView(heading(first!.texts.summary))).toBe(true);
    expect(errors).toEqual([]);
  });

  test("leads to the page of every error that an operation can return", async () => {
    await open(first!.slug);
    await page.getByRole("tab", { name: "Errors it can return" }).first().click();
    const codes = Object.values(catalogue)
      .filter((entry) => (entry.operations as readonly string[]).includes(first!.id))
      .map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes) await page.locator(`#redoc a[href$="/errors/${code}/"]`).last().waitFor();
    await page.locator(`#redoc a[href$="/errors/${codes[0]}/"]`).last().click();
    await page.waitForURL(`${server.url}errors/${codes[0]}/`);
  });

  test("leads to the console with the operation", async () => {
    await open(second!.slug);
    await page.locator(`#redoc a[href$="console/?operation=${second!.id}"]`).click();
    await expect.poll(() => page.url()).toBe(`${server.url}console/?operation=${second!.id}`);
  });

  test("names the host of every region, and offers the description for download", async () => {
    await open();
    await page.locator("#redoc").getByRole("heading", { name: info.title }).waitFor();
    const text = await page.locator("#redoc").innerText();
    expect(servers.filter(({ url }) => !text.includes(url))).toEqual([]);
    for (const file of ["openapi.yaml", "openapi.json"]) {
      await page.locator(`#redoc a[href$="downloads/${file}"]`).first().waitFor();
      const response = await fetch(new URL(`downloads/${file}`, server.url));
      const published = fileURLToPath(import.meta.resolve(`@contact-groups/openapi/${file}`));
      expect(await response.text()).toBe(readFileSync(published, "utf8"));
    }
  });

  test("has one search, one menu and no link to an assistant", async () => {
    await open();
    await page.keyboard.press("Control+k");
    await page.locator("site-search dialog[open]").waitFor();
    expect(await page.locator('dialog[open], [role="dialog"]:visible').count()).toBe(1);
    await page.keyboard.press("Escape");
    for (const part of [".menu-content", '[data-testid="floating-button"]', '[data-testid="page-actions"]'])
      expect({ part, visible: await page.locator(`#redoc ${part}`).locator("visible=true").count() }).toEqual({
        part,
        visible: 0,
      });
    const outside = await page
      .locator("#redoc a:visible")
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    expect(outside.filter((href) => /redocly|chatgpt|claude/.test(href))).toEqual([]);
  });

  test("has the theme of the site, when it opens and when it is switched", async () => {
    const background = (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).getPropertyValue("--bg-color"));
    const seen: string[] = [];
    for (const theme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme: theme === "dark" ? "light" : "dark" });
      await page.addInitScript((stored) => localStorage.setItem("starlight-theme", stored), theme);
      await open();
      expect(await page.locator("html").getAttribute("class")).toContain(theme);
      seen.push(await background("#redoc"));
    }
    await page.locator("starlight-theme-select select").first().selectOption("dark");
    await page.locator('html.dark[data-theme="dark"]').waitFor();
    expect(await background("#redoc")).toBe(seen[0]);
    expect(seen[0]).not.toBe(seen[1]);
  });

  // Redoc names the list of examples otherwise than it shows it, and makes the arrows next to JSON small.
  const ofRedoc = /^(?:label-content-name-mismatch|target-size):/;
  test.each(["light", "dark"] as const)(
    "meets WCAG 2.2 AA in %s, except in controls of Redoc's own",
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await open(first!.slug);
      await heading(first!.texts.summary).waitFor();
      await page.locator("#redoc .panel-response-samples").first().waitFor();
      const violations = await accessibilityViolations(page);
      expect(violations.filter((violation) => !ofRedoc.test(violation))).toEqual([]);
    },
  );

  test("lists the operations where JavaScript is off", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${server.url}ja/reference/`);
    expect(await plain.locator(".redoc-intro").innerText()).toContain("JavaScript");
    await plain.locator(`.redoc-intro a[href$="/ja/reference/${first!.slug}/"]`).click();
    await plain.waitForURL(`${server.url}ja/reference/${first!.slug}/`);
    await context.close();
  });

  test.each(inAllLanguages("reference/"))("/%s is left to the operations' own pages in the search", (path) => {
    expect(readFileSync(`${dist}${path}index.html`, "utf8")).not.toContain("data-pagefind-body");
    expect(readFileSync(`${dist}${path}${first!.slug}/index.html`, "utf8")).toContain("data-pagefind-body");
  });

  test("speaks the language of the page", async () => {
    await page.goto(`${server.url}zh-cn/reference/#${first!.slug}`);
    await page.locator("#redoc h2").first().waitFor({ state: "attached" });
    await page.locator('[data-testid="middle-panel"] h4').first().waitFor();
    const words = await page.locator("#redoc :is(h4, [role=tab], button):visible").allInnerTexts();
    expect(words.filter((word) => /[a-z]{3}/i.test(word) && !/[\u4e00-\u9fff]|^(POST|curl)/.test(word))).toEqual([]);
  });
});

describe("the Content Security Policy of Redoc's page", () => {
  test("blocks a script and a style that the build did not make, and a request to another origin", async () => {
    await open();
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = true";
      const style = document.createElement("style");
      style.textContent = "html { --intruder: 1 }";
      document.head.append(script, style);
    });
    const intruder = await page.evaluate(() => ({
      script: "intruder" in globalThis,
      style: getComputedStyle(document.documentElement).getPropertyValue("--intruder"),
    }));
    expect(intruder).toEqual({ script: false, style: "" });
    const request = await page.evaluate(() =>
      fetch("http://127.0.0.1:9/").then(
        () => "sent",
        () => "blocked",
      ),
    );
    expect(request).toBe("blocked");
    expect(errors.join()).toContain("connect-src 'self'");
  });
});

/** Whether a place of the page is in the upper part of the window, below the header. */
async function isInView(place: Locator): Promise<boolean> {
  const box = await place.boundingBox();
  return box !== null && box.y > 40 && box.y < 500;
}

describe("the page of an operation", () => {
  const anchors = ["request", "query", "response", "envelope", "examples", "errors"];
  const addresses = operations.flatMap(({ path }) =>
    anchors.map((anchor) => [path.split("/").at(-1), anchor] as const),
  );
  test.each(addresses)("%s opens at its heading %s when the address names it", async (operation, anchor) => {
    await page.goto(`${server.url}reference/${operation}/#${anchor}`);
    const box = await page.locator(`#${anchor}`).boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    // What is near the end of a short page cannot be at the top of the window.
    const atEnd = await page.evaluate(() => innerHeight + scrollY >= document.documentElement.scrollHeight - 1);
    expect(box?.y).toBeLessThan(atEnd ? (page.viewportSize()?.height ?? 0) : 150);
  });
});
