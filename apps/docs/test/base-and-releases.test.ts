/** The site under a base path, with the options of a host and with two releases, which is built once for all. */
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import description from "@contact-groups/openapi" with { type: "json" };
import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { repository } from "../src/repository.ts";
import { ConsolePage } from "./console-page.ts";
import { buildSite, dist, inAllLanguages, pagesOf, serveSite } from "./site.ts";

type Bundle = typeof description;

const base = "/any/base/";
const folder = mkdtempSync(join(tmpdir(), "site-"));
const released = join(folder, "released");
const site = join(folder, "site");
let server: StaticSite;
let browser: Browser;

serveSite(
  (served) => ({ server, browser } = served),
  async () => {
    // The second release adds an error code. The description of today has a smaller limit of a parameter than the second release.
    release("0.9.0", (bundle) => void bundle["x-errors"].private.pop());
    release("1.0.0", (bundle) => (bundle.components.parameters.Random.schema.maximum += 1));
    const config = join(folder, "host", "site.config.ts");
    mkdirSync(join(folder, "host"));
    for (const [name, text] of Object.entries(hostFiles)) writeFileSync(join(folder, "host", name), text);
    await buildSite(join(site, base), { DOCS_BASE: base, DOCS_CONFIG: config, DOCS_RELEASED: released });
    copyFileSync(join(site, base, "404.html"), join(site, "404.html"));
    return site;
  },
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function release(version: string, edit: (bundle: Bundle) => void): void {
  const bundle = structuredClone(description);
  edit(bundle);
  bundle.info.version = version;
  mkdirSync(join(released, version), { recursive: true });
  writeFileSync(join(released, version, "openapi.json"), JSON.stringify(bundle));
}

/** What a host has next to its options. */
const hostFiles = {
  "site.config.ts": `export default ${JSON.stringify({
    site: "https://docs.example.com",
    title: "Example groups",
    logo: { src: "logo.svg", alt: "Example" },
    favicon: "icon.svg",
    accent: { light: "#5b2bd0", dark: "#b9a4ff" },
    theme: "theme.css",
    repository: "https://github.com/example/groups",
    socialImage: "social.png",
  })} satisfies object;`,
  "logo.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><circle cx="16" cy="16" r="16"/></svg>`,
  "icon.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>`,
  "theme.css": ":root { --site-radius: 3px; }",
  "social.png": "an image",
};

const page = (path: string): string => readFileSync(join(site, base, path, "index.html"), "utf8");
const at = (path: string): string => server.url + base.slice(1) + path;

test("under a base, every link of every page stays inside it and leads to a file", () => {
  const origin = "http://site.test";
  const broken = pagesOf(join(site, base)).flatMap((path) =>
    [...new Set([...page(path).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target = ""]) => target))].flatMap(
      (target) => {
        const url = new URL(target.replaceAll("&amp;", "&"), origin + base + path);
        if (url.origin !== origin) return [];
        const file = decodeURIComponent(url.pathname);
        const isThere = file.startsWith(base) && existsSync(join(site, file, file.endsWith("/") ? "index.html" : ""));
        return isThere ? [] : [`${path}: ${target}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});

test("the host's options are on every page", () => {
  const edited = "https://github.com/example/groups/edit/main/";
  for (const path of pagesOf(join(site, base))) {
    const html = page(path);
    expect(html).toMatch(/<title>[^<]*Example groups<\/title>/);
    expect(html).toMatch(/<header.*<img[^>]*alt="Example"[^>]*src="\/any\/base\/_astro\/logo\.[^"]*svg"/s);
    expect(html).toMatch(/<header.*href="https:\/\/github\.com\/example\/groups"/s);
    expect(html).toContain('content="https://docs.example.com/any/base/social-image.png"');
    const own = encodeURIComponent(`https://docs.example.com${base}${path}`);
    expect(html).toContain(`href="https://github.com/example/groups/issues/new?title=`);
    expect(html).toContain(`body=${own}"`);
    for (const [, file = ""] of html.matchAll(new RegExp(`href="${edited}([^"]*)"`, "g")))
      expect({ path, file, isThere: existsSync(join(repository, file)) }).toEqual({ path, file, isThere: true });
  }
  expect(page("guides/marks/")).toContain(`${edited}apps/docs/src/content/docs/guides/marks.mdx"`);
  expect(page("reference/mark_contact/")).toContain(`${edited}openapi/paths/recentcontact/mark_contact.yaml"`);
  expect(page("errors/70001/")).toContain(`${edited}openapi/errors/account.yaml"`);
  expect(page("ja/errors/70001/")).toContain(`${edited}openapi/overlays/ja.yaml"`);
  const file = (name: string): string => readFileSync(join(site, base, name), "utf8");
  expect([file("favicon.svg"), file("social-image.png")]).toEqual([hostFiles["icon.svg"], hostFiles["social.png"]]);
});

test.each([
  ["light", "rgb(91, 43, 208)"],
  ["dark", "rgb(185, 164, 255)"],
] as const)("the host's accent and theme apply in the %s scheme", async (colorScheme, color) => {
  const { page: tab } = await openWatched(browser, server.url, { colorScheme });
  await tab.goto(at("guides/marks/"));
  const style = await tab
    .locator("main .sl-markdown-content a[href]")
    .last()
    .evaluate((link) => ({
      color: getComputedStyle(link).color,
      radius: getComputedStyle(document.documentElement).getPropertyValue("--site-radius"),
    }));
  expect(style).toEqual({ color, radius: "3px" });
  await tab.close();
});

test.each([360, 768, 1440])(
  "menu, switches, search and repository are on every kind of page at %i px",
  async (width) => {
    const { page: tab } = await openWatched(browser, server.url, { viewport: { width, height: 800 } });
    for (const path of ["", "guides/marks/", "reference/mark_contact/", "ja/errors/51008/", "zh-cn/console/"]) {
      await tab.goto(at(path));
      await tab.locator("header site-search > button").click({ trial: true });
      const button = tab.locator(".sl-menu-button");
      if (await button.isVisible()) await button.click();
      for (const part of [
        '.sidebar-content a[href*="guides/getting-started/"]',
        "starlight-lang-select select:visible",
        "starlight-theme-select select:visible",
        '[rel="me"][href="https://github.com/example/groups"]:visible',
      ])
        expect({ path, part, count: await tab.locator(part).count() }).toEqual({ path, part, count: 1 });
      await tab.locator('.sidebar-content a[href*="guides/getting-started/"]').click({ trial: true });
    }
    await tab.close();
  },
);

test("under a base, search, language switch, Redoc and console work", async () => {
  const { page: tab, errors, elsewhere } = await openWatched(browser, server.url);
  await tab.goto(at("zh-cn/"), { waitUntil: "load" });
  await tab.keyboard.press("Control+k");
  await tab.getByRole("searchbox").fill("51008");
  await tab.locator(".search-results a").first().click();
  await tab.waitForURL(at("zh-cn/errors/51008/"));
  await tab.locator("starlight-lang-select select").first().selectOption({ label: "日本語" });
  await tab.waitForURL(at("ja/errors/51008/"));

  await tab.goto(at("reference/create_contact_group/"));
  await tab.locator('main a[href*="reference/#"]').click();
  await tab.getByRole("heading", { name: "Create a conversation group" }).waitFor();
  await tab.locator('#redoc a[href$="errors/60015/"]').first().click();
  await tab.waitForURL(at("errors/60015/"));
  expect({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
  await tab.close();

  const consolePage = await ConsolePage.in({ browser, server: { url: at("") } });
  await consolePage.open();
  expect(JSON.parse(await consolePage.send())).toMatchObject({ ErrorCode: 0 });
  expect([consolePage.errors, consolePage.elsewhere]).toEqual([[], []]);
  await consolePage.page.close();
});

test.each(inAllLanguages("changes/"))("/%s lists the releases, the newest first, with the changes of each", (path) => {
  const html = page(path);
  const places = ['id="unreleased"', 'id="v1.0.0"', 'id="v0.9.0"'].map((mark) => html.indexOf(mark));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places[0]).toBeGreaterThan(0);
  const [unreleased, second] = [html.slice(places[0], places[1]), html.slice(places[1], places[2])];
  expect(unreleased).toContain("/components/parameters/Random/schema/maximum");
  const added = description["x-errors"].private.at(-1)!;
  expect(second).toContain(String(added.code));
});

test.each(inAllLanguages("changes/"))(
  "/%s has a Markdown twin, to which llms.txt leads below the base path",
  (path) => {
    const text = (file: string): string => readFileSync(join(site, base, file), "utf8");
    const twin = text(`${path}index.html.md`);
    expect(twin.match(/^## \d.*/gm)).toEqual(["## 1.0.0", "## 0.9.0"]);
    expect(twin).toContain("`/components/parameters/Random/schema/maximum`");
    const list = path.replace("changes/", "llms.txt");
    const links = [...text(list).matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links).toContain("changes/index.html.md");
    expect(links.filter((link) => !existsSync(join(site, base, list, "..", link)))).toEqual([]);
  },
);

test.each(["0.9.0", "1.0.0"])("the reference of %s stays under its version", async (version) => {
  const { page: tab, errors, elsewhere } = await openWatched(browser, server.url);
  await tab.goto(at(`versions/${version}/`));
  await tab.getByText(version).first().waitFor();
  const bundle: Bundle = await (await fetch(at(`versions/${version}/openapi.json`))).json();
  expect(bundle.info.version).toBe(version);
  expect({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
  await tab.close();
});

test("the page of changes is in the menu, and there at all, only when something was released", () => {
  const menu = (html: string): boolean => /class="sidebar-content[^]*\/changes\/"/.test(html);
  expect(menu(page("downloads/"))).toBe(true);
  const hasRelease = globSync("*", { cwd: join(repository, "openapi/released") }).length > 0;
  const own = readFileSync(`${dist}downloads/index.html`, "utf8");
  expect({ menu: menu(own), page: existsSync(`${dist}changes/index.html`) }).toEqual({
    menu: hasRelease,
    page: hasRelease,
  });
});
