import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { serveSite } from "./served-site.ts";
import { inAllLanguages, openWatched } from "./site.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

// One page of each kind: all others of the kind are made by the same template.
const kinds = [
  "",
  "guides/limits-and-partial-failure/",
  "guides/contradictions/",
  "guides/testing/",
  "errors/",
  "errors/51008/",
  "reference/create_contact_group/",
  "downloads/",
  "changes/",
  "benchmarks/",
  "console/",
];

test.each(kinds.flatMap(inAllLanguages))(
  "axe finds nothing against WCAG 2.2 AA on /%s, light and dark",
  async (path) => {
    const { page } = await openWatched(browser, server.url);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await openWhole(page, path);
      const violations = await page.evaluate(
        async ({ script, values }) => {
          // The policy of the page refuses an added script element, not what the test evaluates.
          new Function(script)();
          const { violations: found } = await (window as never as { axe: AxeRun }).axe.run({
            runOnly: { type: "tag", values },
          });
          return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
        },
        { script: axe, values: tags },
      );
      expect({ colorScheme, violations }).toEqual({ colorScheme, violations: [] });
    }
    await page.close();
  },
);

test.each(kinds.flatMap(inAllLanguages))("no code on /%s needs to be scrolled on a phone", async (path) => {
  const { page } = await openWatched(browser, server.url);
  await page.setViewportSize({ width: 360, height: 800 });
  await openWhole(page, path);
  const blocks = await page
    .locator(".expressive-code pre")
    .evaluateAll((found) =>
      found.map(({ textContent, clientWidth, scrollWidth }) => ({ textContent, wider: scrollWidth - clientWidth })),
    );
  expect(blocks.filter(({ wider }) => wider > 0)).toEqual([]);
  await page.close();
});

/** Opens a page and all that is folded away on it. */
async function openWhole(page: Page, path: string): Promise<void> {
  await page.goto(server.url + path);
  await page.locator("main details").evaluateAll((found) => {
    for (const details of found) (details as HTMLDetailsElement).open = true;
  });
}

interface AxeRun {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
