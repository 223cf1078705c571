import { Command } from "commander";
import { type ContractServer, type ContractServerOptions, startContractServer } from "../contract-server.ts";
import type { CredentialOptions } from "../credentials.ts";
import { ContractViolationError } from "../contract.ts";
import { exitCodes } from "../exit-codes.ts";
import type { RuleName } from "../judge/violation.ts";
import type { Verdict } from "../verdict.ts";
import { addCredentialOptions, type CredentialArguments, toCredentialOptions } from "./credential-options.ts";
import { commandHelp, exitCodeOf, runChild, urlVariable } from "./child.ts";
import { action, exitCodesHelp, ruleNames, type Terminal, toInteger, toRules } from "./options.ts";

interface ServeArguments extends Omit<ContractServerOptions, keyof CredentialOptions>, CredentialArguments {
  readonly assertValid?: boolean;
  readonly ignore?: string;
}

/** The largest integer of 32 bits, and the longest time of a timer. */
const longestMs = 2 ** 31 - 1;
const defaultPort = 4010;

/** Creates `serve`, which runs a contract server until SIGINT or SIGTERM, until its parent ends, or around a command. */
export function serveCommand(terminal: Terminal): Command {
  return addCredentialOptions(new Command("serve"))
    .description("start a contract server; stop it with Ctrl+C")
    .argument("[command...]", commandHelp)
    .option(
      "--port <number>",
      `port to listen on; 0 selects a free one (default: ${defaultPort}, with a command 0)`,
      toInteger(0, 65_535),
    )
    .option("--host <address>", "address to listen on; the default is reachable from this machine only", "127.0.0.1")
    .option("--max-body-bytes <number>", "maximum size of a request body", toInteger(1, longestMs))
    .option("--request-timeout-ms <number>", "time limit for a whole request to arrive", toInteger(1, longestMs))
    .option(
      "--assert-valid",
      "at exit, print the verdict on all calls since the start, including those before a reset; with a command, always",
    )
    .option("--ignore <list>", `rules that the verdict ignores, comma-separated: ${ruleNames}`)
    .addHelpText("after", exitCodesHelp)
    .action(
      action(terminal, (command: readonly string[], options: ServeArguments) => serve(command, options, terminal)),
    );
}

async function serve(
  command: readonly string[],
  { assertValid = false, ignore, secretKeyEnv, sdkappid, administrators, ...options }: ServeArguments,
  terminal: Terminal,
): Promise<number> {
  const ignored = toRules(ignore);
  const port = options.port ?? (command.length > 0 ? 0 : defaultPort);
  const credentials = toCredentialOptions({ secretKeyEnv, sdkappid, administrators }, terminal.environment);
  const server = await startContractServer({ ...options, ...credentials, port }).catch((error: unknown) => {
    throw new Error(startError(error, { ...options, port }), { cause: error });
  });
  if (command.length > 0) {
    try {
      const ended = await runChild(command, { [urlVariable]: server.url }, terminal);
      await server.close();
      const verdict = verdictOn(server, ignored);
      // The output of the command stays as it is.
      terminal.writeError(`${verdict.text}\n`);
      return exitCodeOf(ended, verdict);
    } finally {
      await server.close();
    }
  }
  let stop = (): void => undefined;
  const stopped = new Promise<unknown>((resolve) => {
    stop = terminal.watchForEnd({ onEnd: resolve });
  });
  terminal.write(
    `Contract server at ${server.url}\nPlan its responses and list its requests as described at ${server.url}/__contract/openapi.json\n`,
  );
  await stopped;
  await server.close();
  stop();
  if (!assertValid) return exitCodes.passed;
  const { outcome, text } = verdictOn(server, ignored);
  terminal.write(`${text}\n`);
  return exitCodes[outcome];
}

function verdictOn(server: ContractServer, ignore: readonly RuleName[]): Verdict {
  try {
    server.assertValid({ ignore, sinceStart: true });
  } catch (error) {
    if (!(error instanceof ContractViolationError)) throw error;
    return { outcome: error.outcome, text: error.message };
  }
  return { outcome: "passed", text: "All calls since the start are valid." };
}

function startError(error: unknown, { host, port }: ContractServerOptions): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is already in use. Choose another one with --port, or --port 0 for a free one.`;
    case "EACCES":
      return `Port ${port} of ${host} requires more privileges. Choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `The address ${host} is not an address of this machine. Choose another one with --host.`;
    default:
      return `The server can't start: ${message}`;
  }
}
