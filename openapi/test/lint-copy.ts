import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { copyDescription, type Edit } from "./copy.ts";

/** A problem that `redocly lint` reports: the rule, the file and JSON pointer, and what the message says. */
export interface Problem {
  rule: string;
  at: string;
  message: string;
}

interface Report {
  problems: { ruleId: string; message: string; location: { source: { ref: string }; pointer: string }[] }[];
}

const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const run = promisify(execFile);

/**
 * Makes the edits (by file) in a copy of the description and lints it with the real Redocly CLI: the source, or the bundle as it is in `dist`.
 *
 * @example
 * await lintCopy("source", { "servers.yaml": (servers) => delete servers.china["x-source"] });
 */
export async function lintCopy(which: "source" | "bundle", edits: Record<string, Edit> = {}): Promise<Problem[]> {
  const folder = await copyDescription(edits);
  return await lint(folder, which === "source" ? "description" : "bundle");
}

async function lint(folder: string, api: string): Promise<Problem[]> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const options = { cwd: folder, env, maxBuffer: 64 * 2 ** 20 };
  const args = [cli, "lint", api, "--format=json", "--max-problems=1000"];
  // Problems make the exit code 1; the report is on stdout either way.
  const { stdout, stderr } = await run(process.execPath, args, options).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  if (!stdout.startsWith("{")) throw new Error(`redocly lint printed no report: ${stderr}`);
  return (JSON.parse(stdout) as Report).problems.map(({ ruleId, message, location: [location] }) => ({
    rule: ruleId,
    at: location!.source.ref + location!.pointer,
    message,
  }));
}
