import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import { ownKinds } from "./kinds.ts";
import { serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

/** What has the focus after a press of Tab. */
interface Stop {
  readonly name: string;
  /** Whether the element, or a box that it is in, shows that it has the focus. */
  readonly marked: boolean;
  /** Whether nothing covers it, such as a header that stays in place. */
  readonly uncovered: boolean;
}

test.each(ownKinds.flatMap(({ sample }) => [360, 1440].map((width) => [sample, width] as const)))(
  "Tab reaches whatever can be used on /%s at %i px, shows where it is, and leaves the page at its end",
  async (path, width) => {
    const { page } = await openWatched(browser, server.url, { viewport: { width, height: 900 } });
    await page.goto(server.url + path, { waitUntil: "networkidle" });
    await numberControls(page);
    const stops: Stop[] = [];
    const reached = new Set<string>();
    // A page that is left has no stop; one that traps the focus never comes to that.
    for (let stop = await press(page); stop && stops.length < 1000; stop = await press(page)) {
      stops.push(stop);
      reached.add(stop.name);
    }
    expect(stops.length).toBeLessThan(1000);
    expect(stops.filter(({ marked, uncovered }) => !marked || !uncovered)).toEqual([]);
    const all = await controls(page);
    expect(all).not.toEqual([]);
    expect(all.filter((name) => !reached.has(name))).toEqual([]);
    await page.close();
  },
);

test("the first stop is a link that skips to the content", async () => {
  const { page } = await openWatched(browser, server.url);
  await page.goto(`${server.url}reference/create_contact_group/`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
  await page.close();
});

test("on a phone the menu opens by Enter, has the links, and closes by Escape", async () => {
  const { page } = await openWatched(browser, server.url, { viewport: { width: 360, height: 800 } });
  await page.goto(`${server.url}reference/create_contact_group/`);
  const link = page.locator('nav.sidebar a[href$="/errors/"]');
  await pressUntil(page, "[popovertarget]");
  await page.keyboard.press("Enter");
  await link.waitFor();
  await pressUntil(page, 'nav.sidebar a[href$="/errors/"]');
  await page.keyboard.press("Escape");
  await expect.poll(() => link.isVisible()).toBe(false);
  await page.close();
});

test("an arrow shows the next tab of a code block, and Enter on its button copies it", async () => {
  const { page } = await openWatched(browser, server.url, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`${server.url}reference/create_contact_group/`);
  await pressUntil(page, "main [role=tab]");
  await page.keyboard.press("ArrowRight");
  const tab = page.locator("main [role=tab]").nth(1);
  expect(await tab.getAttribute("aria-selected")).toBe("true");
  await pressUntil(page, "main [role=tabpanel] .copy button");
  await page.keyboard.press("Enter");
  const shown = await page.locator("main [role=tabpanel]:not([hidden]) pre").first().innerText();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(withoutSpace(copied)).toBe(withoutSpace(shown));
  await page.close();
});

/** Presses Tab until an element that the selector matches has the focus. */
async function pressUntil(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}.`);
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Gives each element that can be used a name that stays. */
async function numberControls(page: Page): Promise<void> {
  await page.evaluate(() => {
    const selector = "a[href], button, input, select, textarea, summary, [tabindex]";
    document.querySelectorAll<HTMLElement>(selector).forEach((element, index) => {
      const text = (element.ariaLabel ?? element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
      element.dataset["stop"] = `${index} <${element.localName}> ${text || element.id || element.className}`;
    });
  });
}

/** The names of the elements that are to be reached: those that are shown and enabled, one of each group of radio buttons or tabs. */
async function controls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[data-stop]")]
      .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
      .filter(
        (element) => !element.matches(":disabled, input[type=radio]:not(:checked)") && !element.closest("[inert]"),
      )
      .map((element) => element.dataset["stop"]!),
  );
}

/** Presses Tab, and returns what has the focus, or undefined at the end of the page. */
async function press(page: Page): Promise<Stop | undefined> {
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    // Some point of it is seen, in any of its lines.
    const uncovered = [...element.getClientRects()].some((rect) => {
      const [left, right] = [Math.max(rect.left, 0), Math.min(rect.right, innerWidth)];
      const [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, innerHeight)];
      const shares = [0.1, 0.5, 0.9];
      return shares.some((across) =>
        shares.some((down) => {
          const part = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
          return part !== null && (element.contains(part) || part.contains(element));
        }),
      );
    });
    let marked = false;
    for (let outer: HTMLElement | null = element; outer && !marked; outer = outer.parentElement) {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(outer);
      marked =
        (outlineStyle !== "none" && outlineWidth !== "0px") ||
        (outer !== element && boxShadow !== "none" && outer.matches(":focus-within:not(body, main)"));
    }
    return { name: element.dataset["stop"] ?? `<${element.localName}> ${element.className}`, marked, uncovered };
  });
}
