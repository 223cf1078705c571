/** One program in each runtime, from the packed tarball, against a real server. It must give the same outcome in each as in the repository. */
import { once } from "node:events";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import * as client from "@contact-groups/client";
import * as usersig from "@contact-groups/client/usersig";
import { emptyFolder, install, link } from "@contact-groups/testing/projects";
import { launchBrowser } from "@contact-groups/testing/browser";
import { entries, peers, root } from "../packed.ts";
import { bundle, bun, deno, nodes, print, printInWorkerd } from "./executables.ts";
import { tryClient, type Outcome } from "./program/program.mjs";

const baseUrl = inject("baseUrl");

let project: string;
let expected: Outcome;
beforeAll(async () => {
  project = emptyFolder();
  cpSync(fileURLToPath(new URL("program", import.meta.url)), project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  await install(project, inject("tarball"));
  for (const name of peers) link(project, name, root);
  expected = await tryClient(client, usersig, baseUrl);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("in the repository, the program creates, pages, searches, signs, and gets an error of each kind", () => {
  expect(expected.created).toHaveLength(1);
  expect(expected.failures).toHaveLength(1);
  expect(expected.listed).toHaveLength(3);
  expect(expected.found).toHaveLength(2);
  expect(expected.failed).toMatchObject({ isApiError: true, isContactGroupsError: true, attempts: 1 });
  expect(expected.unsent).toEqual({ isInvalidArgumentError: true, pointer: "/From_Account" });
  expect(expected.aborted).toBe("enough");
  expect(expected.onOneSignal).toBe(30);
  expect(expected.unsigned).toBe(true);
  // A create, two pages, a search and the failed call.
  expect(expected.signatures).toEqual([true, true, true, true, true]);
  expect(expected.randoms).toBe(5);
});

test.each(
  [...nodes, bun, deno].flatMap((executable) => [
    { executable, how: "as a module", file: "main.mjs" },
    { executable, how: "by require", file: "main.cjs" },
  ]),
)("$executable.runtime does the same $how", async ({ executable, file }) => {
  expect(JSON.parse(await print(executable, [file, baseUrl], project))).toEqual(expected);
});

test.each([...nodes, bun, deno])(
  "$runtime loads the same names from each entry in both formats",
  async (executable) => {
    const names = "(entries) => console.log(JSON.stringify(entries.map((entry) => Object.keys(entry).toSorted())))";
    const imported = entries.map((name) => `import("${name}")`);
    const required = entries.map((name) => `require("${name}")`);
    writeFileSync(join(project, "entries.mjs"), `Promise.all([${imported.join()}]).then(${names});`);
    writeFileSync(join(project, "entries.cjs"), `(${names})([${required.join()}]);`);
    const printed = await print(executable, ["entries.mjs"], project);
    expect(JSON.parse(printed)).toHaveLength(entries.length);
    expect(await print(executable, ["entries.cjs"], project)).toBe(printed);
  },
);

test("workerd does the same, without the modules of Node.js", async () => {
  expect(JSON.parse(await printInWorkerd("worker.mjs", project, { baseUrl }))).toEqual(expected);
});

test("Chromium does the same in a page, across origins", async () => {
  const script = await bundle(join(project, "page.mjs"), ["browser"]);
  const site = createServer((_, response) =>
    response.setHeader("Content-Type", "text/html").end(`<script type="module">${script}</script>`),
  ).listen(0, "127.0.0.1");
  await once(site, "listening");
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}`);
    const outcome = await page.evaluate(
      (url) => (globalThis as unknown as { tryClient: (url: string) => Promise<unknown> }).tryClient(url),
      baseUrl,
    );
    expect(outcome).toEqual(expected);
  } finally {
    await browser.close();
    site.close();
  }
});
