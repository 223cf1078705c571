import { spawn } from "node:child_process";

/** What a command printed, both streams as they came, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Where a command runs, and what is added to its environment. */
export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Returns the environment of a newcomer's shell, without the variables of the package manager, the test runner and the CI that this process runs under. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited =
    /^(?:(?:npm|pnpm|yarn|turbo|vitest|github|actions|runner)_|(?:CI|INIT_CWD|NODE_ENV|NODE_OPTIONS|VITEST|TEST|DEV|PROD|MODE|BASE_URL|SSR)$)/i;
  const kept = Object.entries(process.env).filter(([name]) => !inherited.test(name));
  // Where everything but our own packages comes from stays as it is set.
  const registry = process.env["npm_config_registry"];
  return {
    ...Object.fromEntries(kept),
    ...(registry !== undefined && { npm_config_registry: registry }),
    NO_COLOR: "1",
    DO_NOT_TRACK: "1",
    REDOCLY_TELEMETRY: "off",
    TURBO_TELEMETRY_DISABLED: "1",
  };
}

/** Runs a command to its end, whatever that is. */
export function attempt(command: readonly string[], { cwd, env }: Place): Promise<Outcome> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(new Error(`${program} cannot be started in ${cwd}.`, { cause })));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a command that has to succeed. Returns what it printed.
 *
 * @throws Error with the command and all that it printed, if it ends with another code than 0
 */
export async function run(command: readonly string[], place: Place): Promise<string> {
  const { code, output } = await attempt(command, place);
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${output}`);
  return output;
}
