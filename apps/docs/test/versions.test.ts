import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import description from "@contact-groups/openapi" with { type: "json" };
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveStaticSite, type StaticSite } from "@contact-groups/testing/static-site";
import { launchBrowser } from "@contact-groups/testing/browser";
import { buildSite } from "./build-site.ts";
import { dist, inAllLanguages, openWatched } from "./site.ts";

type Bundle = typeof description;

let folder: string;
let server: StaticSite;
let browser: Browser;

/** Two releases: the second one adds an error code, and today's description has lost a parameter's limit of the second. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "released-"));
  release("0.9.0", (bundle) => void bundle["x-errors"].private.pop());
  release("1.0.0", (bundle) => (bundle.components.parameters.Random.schema.maximum += 1));
  await buildSite(join(folder, "site"), { DOCS_RELEASED: folder });
  server = await serveStaticSite(join(folder, "site"));
  browser = await launchBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

function release(version: string, edit: (bundle: Bundle) => void): void {
  const bundle = structuredClone(description);
  edit(bundle);
  bundle.info.version = version;
  mkdirSync(join(folder, version));
  writeFileSync(join(folder, version, "openapi.json"), JSON.stringify(bundle));
}

const page = (path: string): string => readFileSync(join(folder, "site", path, "index.html"), "utf8");

test.each(inAllLanguages("changes/"))("/%s lists the releases, the newest first, with what each changed", (path) => {
  const html = page(path);
  const places = ['id="unreleased"', 'id="v1.0.0"', 'id="v0.9.0"'].map((mark) => html.indexOf(mark));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places[0]).toBeGreaterThan(0);
  const [unreleased, second] = [html.slice(places[0], places[1]), html.slice(places[1], places[2])];
  expect(unreleased).toContain("/components/parameters/Random/schema/maximum");
  const added = description["x-errors"].private.at(-1)!;
  expect(second).toContain(String(added.code));
});

test.each(["0.9.0", "1.0.0"])("the reference of %s stays under its version", async (version) => {
  const { page: tab, complaints, elsewhere } = await openWatched(browser, server.url);
  await tab.goto(`${server.url}versions/${version}/`);
  await tab.getByText(version).first().waitFor();
  const bundle: Bundle = await (await fetch(`${server.url}versions/${version}/openapi.json`)).json();
  expect(bundle.info.version).toBe(version);
  expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  await tab.close();
});

test("the page of changes says so when nothing was released", () => {
  const html = readFileSync(`${dist}changes/index.html`, "utf8");
  const released = /id="v\d/.test(html);
  expect(html.includes("Nothing has been released yet.")).toBe(!released);
});
