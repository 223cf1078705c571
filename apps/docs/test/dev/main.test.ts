import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { launchBrowser } from "../browser.ts";
import { type Copy, copyRepository, linkDependencies } from "./copy-repository.ts";

/** Time in milliseconds for a step on a busy machine, where a copy of the repository is read for the first time. */
const patience = 120_000;

const packages = ["apps/docs", "packages/client", "packages/emulator"];

test(
  "the command shows an edit in an open page, a broken one in the terminal, and ends with exit code 0",
  async () => {
    const { root, replace } = await copyRepository(...packages);
    const copied = { "@contact-groups/openapi": join(root, "openapi") };
    await Promise.all(packages.map((path) => linkDependencies(root, path, copied)));
    const command = start(join(root, "apps/docs/dev/main.ts"));
    const url = (await command.lineWith("Pages")).split(/\s+/)[1]!;
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    // Before that, the page hears of no edit.
    const connected = page.waitForEvent("console", (message) => message.text().includes("[vite] connected"));
    await page.goto(`${url}errors/60020/`);
    await connected;

    expect(await shownAfterEdits(page, replace)).toBe(true);
    await replace("openapi/errors/gateway.yaml", /category: \w+/, "category: weather");
    expect(await command.lineWith("category")).toMatch(/^openapi\/errors\/gateway\.yaml:\d+:\d+ /);
    expect(await command.stop()).toBe(0);
  },
  3 * patience,
);

/**
 * Edits a text until the open page shows it by itself. A page that is loading while an edit comes hears of the next one: the server loads a page anew
 * when it has found out what the page needs, which on a busy machine is at any time.
 */
async function shownAfterEdits(page: Page, replace: Copy["replace"]): Promise<boolean> {
  for (let edit = 1; edit <= 6; edit++) {
    const text = `Renewed for the test, edit ${edit}.`;
    await replace("openapi/errors/gateway.yaml", /(code: 60020\n(?: .*\n)*? {2}fix: ).*/, `$1${text}`);
    const isShown = await page
      .getByText(text)
      .first()
      .waitFor({ timeout: patience / 6 })
      .then(() => true)
      .catch(() => false);
    if (isShown) return true;
  }
  return false;
}

/** Starts a program, and hands out the lines that it prints. */
function start(path: string): { lineWith(text: string): Promise<string>; stop(): Promise<number | null> } {
  // Vite watches no file where it finds itself in a test.
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const program = spawn(process.execPath, [path], { env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    program.kill("SIGKILL");
  });
  const lines: string[] = [];
  const arrivals = createInterface(program.stdout).on("line", (line) => lines.push(line));
  return {
    async lineWith(text) {
      for (;;) {
        const line = lines.find((candidate) => candidate.includes(text));
        if (line !== undefined) return line;
        await once(arrivals, "line");
      }
    },
    async stop() {
      program.kill("SIGINT");
      const [code] = await once(program, "close");
      return code;
    },
  };
}
