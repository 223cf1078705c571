import { Command } from "commander";
import { type ContractServer, type ContractServerOptions, startContractServer } from "../contract-server.ts";
import { ContractViolationError } from "../contract.ts";
import type { RuleName } from "../judge/violation.ts";
import { action, ruleNames, type Terminal, toInteger, toRules } from "./options.ts";

interface ServeArguments extends ContractServerOptions {
  readonly assertValid?: boolean;
  readonly ignore?: string;
}

/** The largest integer of 32 bits, and the longest time of a timer. */
const longestMs = 2 ** 31 - 1;

/** Creates `serve`, which runs a contract server until SIGINT or SIGTERM. Exit code 1 with `--assert-valid` and violations, 2 when it can't listen. */
export function serveCommand(terminal: Terminal): Command {
  return new Command("serve")
    .description("start a contract server; stop it with Ctrl+C")
    .option("--port <number>", "port to listen on; 0 selects a free one", toInteger(0, 65_535), 4010)
    .option("--host <address>", "address to listen on; the default is reachable from this machine only", "127.0.0.1")
    .option("--max-body-bytes <number>", "maximum size of a request body", toInteger(1, longestMs))
    .option("--request-timeout-ms <number>", "time limit for a whole request to arrive", toInteger(1, longestMs))
    .option(
      "--assert-valid",
      "at exit, print the violations since the start, including those before a reset; exit with 1 if there are any or there was no call",
    )
    .option("--ignore <list>", `rules that --assert-valid ignores, comma-separated: ${ruleNames}`)
    .action(action(terminal, (options: ServeArguments) => serve(options, terminal)));
}

async function serve({ assertValid = false, ignore, ...options }: ServeArguments, terminal: Terminal): Promise<0 | 1> {
  const ignored = toRules(ignore);
  const server = await startContractServer(options).catch((error: unknown) => {
    throw new Error(startError(error, options), { cause: error });
  });
  const stopped = terminal.untilStopped();
  terminal.write(
    `Contract server at ${server.url}\nPlan its responses and list its requests as described at ${server.url}/__contract/openapi.json\n`,
  );
  // A server does not keep its process alive, so a timer does.
  const alive = setInterval(() => undefined, longestMs);
  await stopped;
  clearInterval(alive);
  await server.close();
  return assertValid ? verdict(server, ignored, terminal) : 0;
}

function verdict(server: ContractServer, ignore: readonly RuleName[], terminal: Terminal): 0 | 1 {
  try {
    server.assertValid({ ignore, sinceStart: true });
  } catch (error) {
    if (!(error instanceof ContractViolationError)) throw error;
    terminal.write(`${error.message}\n`);
    return 1;
  }
  terminal.write("All calls since the start are valid.\n");
  return 0;
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
