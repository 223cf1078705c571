import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Browser, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { launchBrowser, patience } from "@contact-groups/testing/browser";
import { copyRepository, linkDependencies } from "./copy-repository.ts";
import { slips } from "./slips.ts";

const packages = ["apps/docs", "apps/workbench", "packages/client", "packages/emulator"];

test(
  "shows an edit in an open page and each mistake at its line in the terminal, and ends with exit code 0",
  async () => {
    const { root, read, replace, write } = await copyRepository(...packages);
    const copied = { "@contact-groups/openapi": join(root, "openapi") };
    await Promise.all(packages.map((path) => linkDependencies(root, path, copied)));
    const released = join(root, "openapi/released/0.9.0");
    await mkdir(released, { recursive: true });
    await cp(join(root, "openapi/dist/openapi.json"), join(released, "openapi.json"));
    const command = start("apps/workbench/dev/main.ts", root);
    const url = (await command.lineWith("Pages")).split(/\s+/)[1]!;
    // They show files from outside the folder of the site.
    const checksum = createHash("sha256")
      .update(await read("openapi/dist/openapi.json"))
      .digest("hex");
    await expectText(`${url}changes/`, "0.9.0");
    await expectText(`${url}downloads/`, checksum);
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    // What happened while the server started makes the first page load anew as soon as it is connected, and an edit in that moment passes it by.
    const first = await openConnected(browser, url);
    await first.close();
    const page = await openConnected(browser, `${url}errors/60020/`);

    await replace("openapi/errors/gateway.yaml", /(code: 60020\n(?: .*\n)*? {2}fix: ).*/, "$1Renewed for the test.");
    await page.getByText("Renewed for the test").first().waitFor();
    await replace("openapi/errors/gateway.yaml", /category: \w+/, "category: weather");
    expect(await command.lineWith("category")).toMatch(/^openapi\/errors\/gateway\.yaml:\d+:\d+ /);
    await replace("openapi/errors/gateway.yaml", "category: weather", "category: request");
    await command.lineWith("✓");
    for (const { file, slip, problem, translated = false } of slips) {
      const right = await read(file);
      await write(file, slip(right));
      await command.lineWith(problem);
      await command.lineWith(
        `✗ 1 problem: ${translated ? "the translations stay as they were" : "no file is changed"}.`,
      );
      await write(file, right);
      await command.lineWith("✓");
    }
    // Windows has no signals.
    expect(await command.stop()).toBe(process.platform === "win32" ? null : 0);
  },
  4 * patience,
);

/** Opens a page that hears of edits from now on. */
async function openConnected(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const connected = page.waitForEvent("console", (message) => message.text().includes("[vite] connected"));
  const answer = await page.goto(url);
  expect(answer?.status()).toBe(200);
  await connected;
  return page;
}

async function expectText(url: string, text: string): Promise<void> {
  const response = await fetch(url);
  const isThere = (await response.text()).includes(text);
  expect({ url, status: response.status, text, isThere }).toEqual({ url, status: 200, text, isThere: true });
}

/** A program that runs. */
interface Program {
  /** The next line that has the text, of those that were not handed out before. */
  lineWith(text: string | RegExp): Promise<string>;
  stop(): Promise<number | null>;
}

/** Starts a program in a folder. */
function start(path: string, cwd: string): Program {
  // Vite watches no file where it finds itself in a test.
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const program = spawn(process.execPath, [path], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    program.kill("SIGKILL");
  });
  const lines: string[] = [];
  const arrivals = createInterface(program.stdout).on("line", (line) => lines.push(line));
  return {
    async lineWith(text) {
      for (;;) {
        while (lines.length > 0) {
          const line = lines.shift()!;
          if (line.search(text) !== -1) return line;
        }
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
