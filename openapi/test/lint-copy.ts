import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { parse, stringify } from "yaml";

/** A problem that `redocly lint` reports: the rule, the file and JSON pointer, and what the message says. */
export interface Problem {
  rule: string;
  at: string;
  message: string;
}

/** An edit: changes the content of a file in place. What it returns is not used. */
export type Edit = (content: any) => unknown;

interface Report {
  problems: { ruleId: string; message: string; location: { source: { ref: string }; pointer: string }[] }[];
}

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const run = promisify(execFile);

/**
 * Copies the description with its bundle to a temporary folder, makes the edits there (by file) and lints it with the real Redocly CLI: the source,
 * or the bundle as it is in `dist`.
 *
 * @example
 * await lintCopy("source", { "servers.yaml": (servers) => delete servers.china["x-source"] });
 */
export async function lintCopy(which: "source" | "bundle", edits: Record<string, Edit> = {}): Promise<Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), "openapi-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(root, folder, {
    recursive: true,
    filter: (path) => !["node_modules", "test", ".turbo"].includes(basename(path)),
  });
  await Promise.all(Object.entries(edits).map(([file, edit]) => change(join(folder, file), edit)));
  return await lint(folder, which === "source" ? "description" : "bundle");
}

async function change(path: string, edit: Edit): Promise<void> {
  const content: unknown = parse(await readFile(path, "utf8"));
  edit(content);
  await writeFile(path, stringify(content));
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
