import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "./command.ts";
import type { Consumer } from "./consumer.ts";
import { startServer } from "./server.ts";

/** One snippet of a README that was run. */
export interface SnippetRun {
  readonly name: string;
  readonly outcome: Outcome;
  /** What the README says that it prints, if it says so. */
  readonly printed: string | undefined;
}

/**
 * Runs every snippet of an installed package's README in JavaScript or TypeScript, as it stands. Where a README names the real
 * service or a port, the contract server and the emulator that were installed beside it take that place.
 */
export async function runSnippets(consumer: Consumer, name: string): Promise<readonly SnippetRun[]> {
  const { folder } = consumer;
  const installed = join(folder, "node_modules/@contact-groups");
  const contract = await startServer([join(installed, "contract/bin/contract.cjs"), "serve", "--port", "0"], folder);
  const emulator = await startServer([join(installed, "emulator/dist/cli.js"), "--port", "0", "--memory"], folder);
  try {
    const readme = await readFile(join(installed, name, "README.md"), "utf8");
    const runs: SnippetRun[] = [];
    for (const [, language, code = "", printed] of readme.matchAll(
      /^```(js|ts)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms,
    )) {
      const file = `${name}-${runs.length}.${code.includes('from "vitest"') ? "test.ts" : `m${language}`}`;
      const here = code
        .replace('region: "singapore"', `baseUrl: "${contract.url}"`)
        .replace("http://127.0.0.1:4020", emulator.url);
      await writeFile(join(folder, file), here);
      const command = file.endsWith(".test.ts") ? ["node_modules/vitest/vitest.mjs", "run", file] : [file];
      runs.push({ name: file, outcome: await consumer.node(command, keys), printed });
    }
    return runs;
  } finally {
    await contract.stop();
    await emulator.stop();
  }
}

/** What the READMEs read from the environment. */
const keys = { SDKAPPID: "1400000000", SECRETKEY: "0".repeat(64) };
