/** One program in each runtime, from the packed tarball, against a real server. It must give the same outcome in each as in the repository. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import * as client from "@contact-groups/client";
import * as usersig from "@contact-groups/client/usersig";
import { emptyFolder, install } from "@contact-groups/testing/projects";
import { launchBrowser } from "@contact-groups/testing/browser";
import { installed } from "./install.ts";
import { tryClient, type Outcome } from "./program/program.mjs";
import { workerdConfig } from "./workerd-config.ts";

const run = promisify(execFile);
const baseUrl = inject("baseUrl");

let project: string;
let expected: Outcome;
beforeAll(async () => {
  project = emptyFolder();
  cpSync(fileURLToPath(new URL("program", import.meta.url)), project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  await install(project, inject("tarball"));
  expected = await tryClient(client, usersig, baseUrl);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("in the repository, the program creates, pages, searches, signs, and gets an error of each kind", () => {
  expect(expected.created).toHaveLength(1);
  expect(expected.failures).toHaveLength(1);
  expect(expected.listed).toHaveLength(3);
  expect(expected.found).toHaveLength(2);
  expect(expected.failed).toMatchObject({ isApiError: true, isContactGroupsError: true, attempts: 1 });
  expect(expected.unsent).toEqual({ isInvalidArgumentError: true, pointer: "/ContactItem" });
  expect(expected.aborted).toBe("enough");
  expect(expected.onOneSignal).toBe(30);
  expect(expected.unsigned).toBe(true);
  // A create, two pages, a search and the failed call.
  expect(expected.signatures).toEqual([true, true, true, true, true]);
  expect(expected.randoms).toBe(5);
});

const nodes = ["node-20", "node-22", "node-24", "node-26"].map(
  (name) => [name, installed(name, "bin", "node")] as const,
);
const bun = installed(".bin", "bun");
const deno = installed(".bin", "deno");

test.each([
  ...nodes.map(([name, node]) => [name, "as a module", node, ["main.mjs"]] as const),
  ...nodes.map(([name, node]) => [name, "by require", node, ["main.cjs"]] as const),
  ["bun", "as a module", bun, ["main.mjs"]],
  ["bun", "by require", bun, ["main.cjs"]],
  [
    "deno",
    "as a module",
    deno,
    ["run", "--no-remote", "--node-modules-dir=manual", "--allow-net=127.0.0.1", "main.mjs"],
  ],
] as const)("%s does the same %s", async (_runtime, _how, executable, args) => {
  const { stdout, stderr } = await run(executable, [...args, baseUrl], { cwd: project, env: quiet() });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(expected);
});

test("workerd does the same, without the modules of Node.js", async () => {
  const worker = await bundle("worker.mjs", ["workerd", "worker"]);
  writeFileSync(join(project, "worker.js"), worker);
  writeFileSync(join(project, "workerd.capnp"), workerdConfig("worker.js", { baseUrl }));
  const { stdout, stderr } = await run(installed(".bin", "workerd"), ["test", "workerd.capnp"], { cwd: project });
  const printed = `${stdout}${stderr}`.split("\n").find((line) => line.startsWith("{"));
  expect(JSON.parse(printed ?? "null")).toEqual(expected);
});

test("Chromium does the same in a page, across origins", async () => {
  const script = await bundle("page.mjs", ["browser"]);
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

/** Fails on an import of a Node.js module, as the bundlers of such projects do. */
async function bundle(entry: string, conditions: string[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(project, entry)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    conditions,
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

function quiet(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: process.env["HOME"], DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
}
