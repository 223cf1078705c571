/** Runs one program, prints its tables and sends them to the process that started this one: `node program-process.ts <URL> [--quick]`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Program } from "./program.ts";
import { renderReport } from "./report.ts";

const [url = "", flag] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
// After Ctrl-C, or when the process that started this one has ended.
process.on("SIGINT", () => process.exit(130));
process.on("disconnect", () => process.exit(1));
const { about, peers, measure } = (await import(url)) as Program;
await send({ about, peers });
for await (const report of measure({ quick: flag === "--quick", folder })) {
  await send(report);
  console.log(`${renderReport(report)}\n`);
}
// No server and no timer of a contender keeps the process. Servers in processes of their own end with it.
process.exit();

/** Waits until the message is sent: when the process ends, it may not be. */
function send(message: object): Promise<unknown> {
  return new Promise((sent) => process.send?.(message, sent));
}
