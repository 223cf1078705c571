import { execFile } from "node:child_process";

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of the command line in a process of its own. */
export function runCommand(name: "check" | "coverage", ...args: readonly string[]): Promise<Outcome> {
  const module = new URL(`../../src/cli/${name}.ts`, import.meta.url).href;
  const script = `import { ${name}Command } from ${JSON.stringify(module)};
    await ${name}Command().parseAsync(process.argv.slice(1), { from: "user" });`;
  const { CONTACT_GROUPS_RECORD: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--input-type=module-typescript", "--eval", script, "--", ...args],
      { env, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
