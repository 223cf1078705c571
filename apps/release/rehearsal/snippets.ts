import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./command.ts";
import { readFences } from "./fences.ts";
import { startServer } from "./server.ts";

/** One snippet of a README that was run. */
export interface SnippetRun {
  readonly file: string;
  readonly output: string;
  /** What it prints, if the README states it. */
  readonly printed: string | undefined;
}

/**
 * Runs every snippet of an installed package's README in JavaScript or TypeScript, in the folder where the package is installed. Where a
 * README names the real service or a port, the contract server and the emulator that are installed there replace them.
 *
 * @throws Error with what a snippet printed, if it ends with another code than 0
 */
export async function runSnippets(folder: string, name: string): Promise<readonly SnippetRun[]> {
  const installed = join(folder, "node_modules/@contact-groups");
  const start = (...args: readonly string[]) => startServer([process.execPath, ...args], { cwd: folder });
  const contract = await start(join(installed, "contract/bin/contract.cjs"), "serve", "--port", "0");
  const emulator = await start(join(installed, "emulator/dist/cli.js"), "--port", "0", "--memory");
  try {
    const fences = readFences(await readFile(join(installed, name, "README.md"), "utf8"));
    const runs: SnippetRun[] = [];
    for (const [index, { language, body }] of fences.entries()) {
      if (language !== "js" && language !== "ts") continue;
      // That of a fleet needs a server of Redis: `test:fleet` runs it.
      if (body.includes(' from "redis"')) continue;
      // That of jest needs jest: `test:consumers` runs it.
      if (body.includes("require(") && /^test\(/m.test(body)) continue;
      const isTest = body.includes('from "vitest"');
      const file = `${name}-${runs.length}.${isTest ? "test.ts" : `m${language}`}`;
      const here = body
        .replace('region: "singapore"', `baseUrl: "${contract.url}"`)
        .replace("http://127.0.0.1:4020", emulator.url);
      await writeFile(join(folder, file), here);
      const command = [process.execPath, ...(isTest ? ["node_modules/vitest/vitest.mjs", "run"] : []), file];
      const next = fences[index + 1];
      const printed = next?.language === "text" && next.before.trim() === "" ? next.body : undefined;
      runs.push({ file, output: await run(command, { cwd: folder, env: keys }), printed });
    }
    return runs;
  } finally {
    await contract.stop();
    await emulator.stop();
  }
}

/** What the READMEs read from the environment. */
const keys = { SDKAPPID: "1400000000", SECRETKEY: "0".repeat(64) };
