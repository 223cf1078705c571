import type { StaticSite } from "@contact-groups/testing/static-site";
import { accessibilityViolations } from "@contact-groups/testing/axe";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser } from "playwright-core";
import { expect, test } from "vitest";
import { colorSchemes } from "./color-schemes.ts";
import { inAllLanguages, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

// One page of each kind: the same template makes all others of the kind.
const kinds = [
  "",
  "guides/",
  "guides/limits-and-partial-failure/",
  "guides/life-of-a-conversation-group/",
  "guides/marks/",
  "guides/contradictions/",
  "guides/testing/",
  "errors/",
  "errors/51008/",
  "reference/create_contact_group/",
  "reference/mark_contact/",
  "downloads/",

  "contract-tests/",
  "console/",
];

test.each(kinds.flatMap(inAllLanguages))(
  "/%s meets WCAG 2.2 AA, and no code on it needs to be scrolled on a phone",
  async (path) => {
    const { page } = await openWatched(browser, server.url);
    await page.goto(server.url + path);
    // What is folded away counts, too.
    await page.locator("main details").evaluateAll((found) => {
      for (const details of found) (details as HTMLDetailsElement).open = true;
    });
    for (const colorScheme of colorSchemes(path)) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      expect({ colorScheme, violations: await accessibilityViolations(page) }).toEqual({ colorScheme, violations: [] });
    }
    await page.setViewportSize({ width: 360, height: 800 });
    const blocks = await page
      .locator(".expressive-code pre")
      .evaluateAll((found) =>
        found.map(({ textContent, clientWidth, scrollWidth }) => ({ textContent, wider: scrollWidth - clientWidth })),
      );
    expect(blocks.filter(({ wider }) => wider > 0)).toEqual([]);
    await page.close();
  },
);
