import { patience } from "@contact-groups/testing/browser";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import { kinds } from "./kinds.ts";
import { serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

test.each(kinds)("nothing on the $name page breaks its security policy while all of it is used", async ({ sample }) => {
  const { page, errors, elsewhere } = await openWatched(browser, server.url, { permissions: ["clipboard-write"] });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(server.url + sample, { waitUntil: "networkidle" });
  const used = [await changeTheme(page), await search(page), await useContent(page)];
  await page.waitForLoadState("networkidle");
  expect({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
  expect(used).not.toEqual([false, false, 0]);
  await page.close();
});

async function changeTheme(page: Page): Promise<boolean> {
  const select = page.locator("starlight-theme-select select").first();
  if (!(await select.isVisible())) return false;
  for (const theme of ["dark", "light", "auto"]) await select.selectOption(theme);
  return true;
}

async function search(page: Page): Promise<boolean> {
  const button = page.locator("site-search button").first();
  if (!(await button.isVisible())) return false;
  await button.click();
  await page.locator("site-search input").first().fill("group");
  await page.locator("site-search a").first().waitFor({ timeout: patience });
  await page.keyboard.press("Escape");
  return true;
}

/** Presses each button and tab of the content and opens what is folded, as far as it is shown when its turn comes. Returns how many were used. */
async function useContent(page: Page): Promise<number> {
  await page.locator("main details").evaluateAll((all) => {
    for (const details of all) (details as HTMLDetailsElement).open = true;
  });
  let used = 0;
  // What one of them replaces is not pressed any more.
  for (const control of await page.locator("main :is(button, [role=tab])").elementHandles()) {
    if (!(await control.isVisible()) || !(await control.isEnabled())) continue;
    await control.evaluate((element) => (element as HTMLElement).click());
    used++;
  }
  return used;
}
