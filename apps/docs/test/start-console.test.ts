import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localServers } from "../src/local-servers.ts";
import { operations } from "../src/reference/operations.ts";
import { modelOf } from "../src/reference/model.ts";
import { launchBrowser } from "@contact-groups/testing/browser";
import { ConsolePage } from "./console-page.ts";
import { paste, start, type Started, stateFolder } from "./started.ts";

const state = stateFolder();
let folder: string;
let blockers: Server[];
let started: Started;
let browser: Browser;

// The usual ports are taken, so that nothing works by an address that is written down.
beforeAll(async () => {
  blockers = await Promise.all(Object.values(localServers).map((url) => take(Number(new URL(url).port))));
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
  test.each(operations(modelOf("en")))(
    "calls $id with all that the page suggests, as do its snippets",
    async ({ id }) => {
      const url = started.address(name);
      expect(url).not.toBe(localServers[local]);
      const site = await ConsolePage.in({ browser, server: { url: started.address("Reference site") } });
      await site.open();
      await site.choose(id);
      await site.allow(url);
      await site.page.locator('input[value="server"]').check();
      await site.part("region").selectOption({ label: `${name} on this machine` });
      await expect.poll(() => site.part("url").inputValue()).toBe(url);
      await site.paste((await site.part("userSig").getAttribute("placeholder")) ?? "");
      const restore = name === "Emulator" ? await keepState(url) : () => undefined;
      expect(JSON.parse(await site.send())).toMatchObject({ ActionStatus: "OK" });

      // A conversation group that is deleted cannot be deleted again.
      await restore();
      const curl = (await site.part("curl").textContent()) ?? "";
      expect(JSON.parse(await paste(curl))).toMatchObject({ ActionStatus: "OK" });
      await restore();
      expect(await run((await site.part("client").textContent()) ?? "")).toContain("ActionStatus: 'OK'");
      expect(site.complaints).toEqual([]);
      await site.page.close();
    },
  );
});

/** Keeps the state of the emulator at an address, and returns what puts it back. */
async function keepState(url: string): Promise<() => Promise<void>> {
  const address = `${url}/__emulator/state`;
  const body = await (await fetch(address)).text();
  return async () => {
    const { status } = await fetch(address, { method: "PUT", headers: { "Content-Type": "application/json" }, body });
    expect(status).toBe(204);
  };
}

test("the console's curl line sends what is typed as it is, whatever it means to a shell", async () => {
  const site = await ConsolePage.in({ browser, server: { url: started.address("Reference site") } });
  await site.open();
  const text = `@/etc/hostname 'it's' $(echo run) \`echo run\` "\\ \n!`;
  await site.part("json").fill(text);
  const curl = (await site.part("curl").textContent()) ?? "";
  expect(await paste(curl.replace("curl -s", "printf '%s\\n'"))).toContain(`--data-raw\n${text}\n`);
  await site.page.close();
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
