import { accessibilityViolations } from "@contact-groups/testing/axe";
import { layoutFaults } from "@contact-groups/testing/layout";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import { colorSchemes } from "./color-schemes.ts";
import { exempt, ownKinds, widths } from "./kinds.ts";
import { inAllLanguages, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

test.each(ownKinds.flatMap(({ sample }) => inAllLanguages(sample)))(
  "/%s meets WCAG 2.2 AA and has no fault of layout at each width, in light and dark",
  async (path) => {
    const found = await Promise.all(
      widths.map(async (width) => {
        const { page } = await openWatched(browser, server.url, { viewport: { width, height: 900 } });
        await page.goto(server.url + path);
        const faults = (await layoutFaults(page, exempt)).map((fault) => `${width}px: ${fault}`);
        await unfold(page);
        faults.push(...(await layoutFaults(page, exempt)).map((fault) => `${width}px, unfolded: ${fault}`));
        // A translation has the same elements at each width.
        if (width !== 360 && colorSchemes(path).length === 1) return close(page, faults);
        for (const colorScheme of colorSchemes(path)) {
          await page.emulateMedia({ colorScheme });
          const violations = await accessibilityViolations(page);
          faults.push(...violations.map((violation) => `${width}px, ${colorScheme}: ${violation}`));
        }
        return close(page, faults);
      }),
    );
    expect(found.flat()).toEqual([]);
  },
);

async function close<Result>(page: Page, result: Result): Promise<Result> {
  await page.close();
  return result;
}

/** Opens what is folded away, which counts as well. */
async function unfold(page: Page): Promise<void> {
  await page.locator("main details").evaluateAll((all) => {
    for (const details of all) (details as HTMLDetailsElement).open = true;
  });
}
