import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { info } from "@contact-groups/openapi/model";
import { patience, picturesCanBeTaken } from "@contact-groups/testing/browser";
import { differenceOf } from "@contact-groups/testing/pictures";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { releases } from "../src/reference/releases.ts";
import { colorSchemes } from "./color-schemes.ts";
import { kinds, widths } from "./kinds.ts";
import { buildSite, dist, inAllLanguages, serveSite } from "./site.ts";

const committed = fileURLToPath(new URL("screenshots/", import.meta.url));
const differing = fileURLToPath(new URL("../test-results-screenshots/", import.meta.url));
const unreleased = mkdtempSync(join(tmpdir(), "pictures-"));
const update = inject("updateScreenshots");
/** What to do about a difference. */
const advice = `${differing} shows it. If it is wanted, build the site and run: pnpm --filter @contact-groups/docs run screenshots`;

/** Kinds whose texts are long enough to look different in Chinese and Japanese. */
const translated = new Set(["home", "guide", "operation", "Redoc", "error", "console"]);
/** Pixels from the top that are compared: more screens on a phone, where a page is long. */
const heights = { 360: 4800, 768: 3000, 1440: 2700 } as const;

const pictures = kinds.flatMap(({ name, sample }) =>
  inAllLanguages(sample)
    .filter((path) => path === sample || translated.has(name))
    .map((path) => ({ path, name: path === sample ? name : `${path.split("/")[0]}-${name}` })),
);

/** The colour schemes of a page's pictures of a width, and their files. A translation has none of a tablet. */
function variantsOf({ path, name }: (typeof pictures)[number], width: number) {
  if (width === 768 && colorSchemes(path).length === 1) return [];
  return colorSchemes(path).map((colorScheme) => ({ colorScheme, file: `${name}-${width}-${colorScheme}` }));
}

test.skipIf(update)(
  "each page has a committed picture for each width and colour scheme, and there are no others",
  () => {
    const found = globSync("**/*", { cwd: committed }).map((file) => file.replaceAll(sep, "/"));
    const expected = pictures.flatMap((picture) =>
      widths.flatMap((width) => variantsOf(picture, width).map(({ file }) => `${file}.webp`)),
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
  },
);

// The title says where, so that nobody takes a skipped comparison for a passed one.
describe.skipIf(!picturesCanBeTaken)("the pages, compared on Linux on x64 only, where the pinned browser runs,", () => {
  let server: StaticSite;
  let browser: Browser;
  serveSite((site) => ({ server, browser } = site), withoutReleases);
  afterAll(() => rmSync(unreleased, { recursive: true, force: true }));
  beforeAll(() => {
    if (update) rmSync(committed, { recursive: true, force: true });
  });

  test.each(pictures)("$name looks as in its committed pictures", async (picture) => {
    const differences = await Promise.all(
      widths.map(async (width) => {
        const found: (string | undefined)[] = [];
        for (const { colorScheme, file } of variantsOf(picture, width)) {
          const { page } = await openWatched(browser, server.url, {
            viewport: { width, height: 900 },
            colorScheme,
            reducedMotion: "reduce",
          });
          await page.clock.setFixedTime("2026-01-01T00:00:00Z");
          await page.addInitScript(() => Object.assign(Math, { random: () => 0.5 }));
          await page.goto(server.url + picture.path);
          await settle(page);
          const taken = await take(page, heights[width]);
          found.push(await differenceOf(file, taken, { committed, differing, update }));
          await page.close();
        }
        return found.filter((each) => each !== undefined);
      }),
    );
    expect({ differences: differences.flat(), see: advice }).toEqual({ differences: [], see: advice });
  });
});

/** Returns the folder of the site as it is before the first release, so that a release changes no picture. */
async function withoutReleases(): Promise<string> {
  if (releases.length === 0) return dist;
  await buildSite(join(unreleased, "site"), { DOCS_RELEASED: join(unreleased, "none") });
  return join(unreleased, "site");
}

/** Waits for the fonts and for the scripts of a page, and replaces what changes without a change of the site. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: patience });
  await page.evaluate(async (version) => {
    await document.fonts.ready;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      // The version of a release, checksums and sizes of files, and when a page was last changed.
      if (node.parentElement?.closest("footer time")) node.nodeValue = "2026-01-01";
      node.nodeValue = node
        .nodeValue!.replaceAll(version, "1.2.3")
        .replace(/\b[\da-f]{64}\b/g, "0".repeat(64))
        .replace(/\b[\d.,]+ (?=kB\b)/g, "10 ");
    }
  }, info.version);
}

/** Takes a picture of the page from its top, at most `height` pixels high. */
async function take(page: Page, height: number): Promise<Buffer> {
  const { width = 0 } = page.viewportSize() ?? {};
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(whole, height) };
  return page.screenshot({ fullPage: true, clip, animations: "disabled", caret: "hide", timeout: patience });
}
