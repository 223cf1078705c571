import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, Locator, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "@contact-groups/openapi/model";
import { launchBrowser, patience } from "@contact-groups/testing/browser";
import { paste, start, type Started, stateFolder } from "./started.ts";

const state = stateFolder();
/** The addresses that the site was built with. */
const built = JSON.parse(
  readFileSync(new URL("../../docs/dist/local-servers.json", import.meta.url), "utf8"),
) as Record<"emulator" | "contract", string>;
let folder: string;
let blockers: Server[];
let started: Started;
let browser: Browser;

// The default ports are taken, so that a test fails where an address is fixed.
beforeAll(async () => {
  blockers = await Promise.all([built.emulator, built.contract].map((url) => take(Number(new URL(url).port))));
  started = await start(state.path);
  browser = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), "start-console-"));
  symlinkSync(fileURLToPath(new URL("../node_modules", import.meta.url)), join(folder, "node_modules"), "junction");
});
afterAll(async () => {
  await browser?.close();
  await started?.stop();
  for (const blocker of blockers ?? []) blocker.close();
  rmSync(folder, { recursive: true, force: true });
  state.remove();
});

describe.each([
  { name: "Emulator", local: "emulator" },
  { name: "Contract server", local: "contract" },
] as const)("the console that start serves, with the $local", ({ name, local }) => {
  test.each(Object.keys(operations))(
    "calls %s with the values that the page suggests, as do its snippets",
    async (id) => {
      const url = started.address(name);
      expect(url).not.toBe(built[local]);
      const { page, part, errors } = await openConsole();
      await part("operation").selectOption(id);
      await page.locator('input[value="server"]').check();
      await part("region").selectOption({ label: `${name} on this machine` });
      await expect.poll(() => part("url").inputValue()).toBe(url);
      const restore = name === "Emulator" ? await keepState(url) : () => undefined;
      await part("send").click();
      await page.locator('[data-part="summary"]:not([data-result="busy"])[data-result]').waitFor();
      expect(JSON.parse((await part("responseBody").textContent()) ?? "")).toMatchObject({ ActionStatus: "OK" });

      // A conversation group that is deleted cannot be deleted again, nor changed by the next operation.
      await restore();
      const curl = (await part("curl").textContent()) ?? "";
      expect(JSON.parse(await paste(curl))).toMatchObject({ ActionStatus: "OK" });
      await restore();
      expect(await run((await part("client").textContent()) ?? "")).toContain("ActionStatus: 'OK'");
      await restore();
      expect(errors).toEqual([]);
      await page.close();
    },
  );
});

/** The console in a tab of its own. */
interface OpenConsole {
  readonly page: Page;
  readonly part: (name: string) => Locator;
  /** Errors and warnings of the page so far. */
  readonly errors: readonly string[];
}

/** Opens the console, and waits until the emulator in the page has started. Another file of the servers can replace that of `start`. */
async function openConsole(servers?: (route: Route) => Promise<void>): Promise<OpenConsole> {
  const page = await browser.newPage();
  if (servers) await page.route("**/local-servers.json", servers);
  page.setDefaultTimeout(patience);
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  const part = (name: string): Locator => page.locator(`[data-part="${name}"]`);
  await page.goto(`${started.address("Reference site")}console/`);
  await part("state").locator(".known").waitFor();
  return { page, part, errors };
}

/** Reads the state of the emulator at an address, and returns a function that restores it. */
async function keepState(url: string): Promise<() => Promise<void>> {
  const address = `${url}/__emulator/state`;
  const body = await (await fetch(address)).text();
  return async () => {
    const { status } = await fetch(address, { method: "PUT", headers: { "Content-Type": "application/json" }, body });
    expect(status).toBe(204);
  };
}

test("the console that start serves sends with all defaults, or with any UserSig, to the emulator that start runs", async () => {
  const { page, part } = await openConsole();
  await page.locator('input[value="server"]').check();
  await expect.poll(() => part("url").inputValue()).toBe(started.address("Emulator"));
  await part("operation").selectOption("getContactGroup");
  const received = async (): Promise<unknown> => {
    await part("send").click();
    await page.locator('[data-part="summary"]:not([data-result="busy"])[data-result]').waitFor();
    return JSON.parse((await part("responseBody").textContent()) ?? "");
  };
  expect(await received()).toMatchObject({ ActionStatus: "OK" });
  await part("userSig").fill("xxx");
  await part("use").click();
  expect(await received()).toMatchObject({ ActionStatus: "OK" });
  await page.close();
});

test("the console takes app, administrator and UserSig from what start serves", async () => {
  const { page, part } = await openConsole((route) =>
    route.fulfill({
      json: {
        emulator: "http://127.0.0.1:1",
        contract: "http://127.0.0.1:2",
        caller: { sdkAppId: 7, identifier: "another", userSig: "another-text" },
      },
    }),
  );
  await page.locator('input[value="server"]').check();
  await expect.poll(() => part("sdkAppId").inputValue()).toBe("7");
  expect(await part("identifier").inputValue()).toBe("another");
  expect(await part("userSigStatus").textContent()).toContain("another-text");
  expect(await part("curl").textContent()).toMatch(/sdkappid=7&identifier=another&.*another-text/);
  expect(await part("client").textContent()).toMatch(/sdkAppId: 7,\n {2}identifier: "another",\n.*"another-text"/);
  await page.close();
});

test("the console's curl line sends the typed text, which the shell does not interpret", async () => {
  const { page, part } = await openConsole();
  const text = `@/etc/hostname 'it's' $(echo run) \`echo run\` "\\ \n!`;
  await part("json").fill(text);
  const curl = (await part("curl").textContent()) ?? "";
  expect(await paste(curl.replace("curl -s", "printf '%s\\n'"))).toContain(`--data-raw\n${text}\n`);
  await page.close();
});

/** Runs a program as it is shown. */
async function run(code: string): Promise<string> {
  const file = join(folder, "snippet.mts");
  writeFileSync(file, code);
  const { USERSIG: _, SECRETKEY: __, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env: { ...env, NO_COLOR: "1" } });
  return stdout;
}

/** Takes a port, unless something else has it. */
async function take(port: number): Promise<Server> {
  const server = createServer().listen(port, "127.0.0.1");
  await Promise.race([once(server, "listening"), once(server, "error").catch(() => {})]);
  return server;
}
