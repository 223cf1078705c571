/** The packed client in the windows that the tests of a front end have. They are not browsers: jsdom lacks `fetch`, `Response` and `crypto.subtle`. */
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { emptyFolder, install } from "@contact-groups/testing/projects";
import { bundle } from "./executables.ts";
import { installed } from "./install.ts";

/** A window, as a program in it sees it. */
interface Window {
  eval(code: string): unknown;
}

const windows: Readonly<Record<string, () => Promise<Window>>> = {
  async jsdom() {
    const { JSDOM } = await load("jsdom/lib/api.js");
    return new JSDOM("", { url: "http://localhost/", runScripts: "outside-only" }).window;
  },
  async "happy-dom"() {
    const { Window } = await load("happy-dom/lib/index.js");
    const settings = { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true };
    return new Window({ url: "http://localhost/", settings });
  },
};

let project: string;
let script: string;
beforeAll(async () => {
  project = emptyFolder();
  cpSync(fileURLToPath(new URL("program", import.meta.url)), project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  await install(project, inject("tarball"));
  // The program is a script for `eval`, so its imports and exports are in the bundle.
  script = `{${await bundle(join(project, "window.mjs"), [])}}`;
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test.each(Object.keys(windows))("the mock client does in %s what it does in Node.js", async (name) => {
  await import(pathToFileURL(join(project, "window.mjs")).href);
  const expected: unknown = await (globalThis as unknown as { tryMock(): unknown }).tryMock();
  expect(expected).toContain('"isApiError":true');

  const window = await windows[name]!();
  window.eval(script);
  expect(await window.eval("tryMock()")).toBe(expected);
});

test("a client in jsdom names each thing that is missing, and what can replace it", async () => {
  const window = await windows["jsdom"]!();
  window.eval(script);
  const errorOf = (options: string): unknown => window.eval(`tryCreate({ ${options} })`);
  expect(errorOf('userSig: "eJw"')).toMatch(/^InvalidArgumentError: fetch must be .*\bfetch or transport\b/);
  expect(errorOf('secretKey: "0".repeat(64), fetch() {}')).toMatch(
    /^InvalidArgumentError: crypto\.subtle must be .*\buserSig\b/,
  );
  expect(errorOf('userSig: "eJw", fetch() {}')).toBeUndefined();
});

async function load(path: string): Promise<any> {
  return import(pathToFileURL(installed(...path.split("/"))).href);
}
