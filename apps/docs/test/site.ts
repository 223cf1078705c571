import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { tmpdir } from "node:os";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { connectBrowser } from "@contact-groups/testing/browser";
import { serveStaticSite, type StaticSite } from "@contact-groups/testing/static-site";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";

/** The folder of the built site. */
export const dist: string = fileURLToPath(new URL("../dist/", import.meta.url));

/** Paths of all pages of a built site, such as `zh-cn/errors/51008/`. */
export function pagesOf(folder: string): readonly string[] {
  return globSync("**/index.html", { cwd: folder })
    .map((file) => file.slice(0, -"index.html".length).replaceAll(sep, "/"))
    .toSorted();
}

/** Those of the built site. */
export const pages: readonly string[] = pagesOf(dist);

/** The same page in each language, from its English path. */
export function inAllLanguages(page: string): readonly string[] {
  return ["", "zh-cn/", "ja/"].map((language) => language + page);
}

/** Builds the site into a folder, with environment variables of its own, from a working directory outside the repository. */
export async function buildSite(folder: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const main = fileURLToPath(new URL("../build/main.ts", import.meta.url));
  // The test runner sets variables that the builder reads, too.
  const { BASE_URL: _1, DEV: _2, MODE: _3, NODE_ENV: _4, PROD: _5, SSR: _6, ...outer } = process.env;
  await promisify(execFile)(process.execPath, [main, folder], {
    cwd: tmpdir(),
    env: { ...outer, ...variables },
    maxBuffer: 2 ** 26,
  });
}

/** A site on a free port, and the browser of the suite. */
export interface ServedSite {
  readonly server: StaticSite;
  readonly browser: Browser;
}

/** Serves a folder, the built site by default, to all tests of a file. */
export function serveSite(give: (site: ServedSite) => void, prepare: () => Promise<string> = async () => dist): void {
  let server: StaticSite | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    server = await serveStaticSite(await prepare());
    browser = await connectBrowser(inject("browser"));
    give({ server, browser });
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
}
