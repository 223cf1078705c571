import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import { type ContractServer, type ContractServerOptions, startContractServer } from "../contract-server.ts";
import { ContractViolationError } from "../contract.ts";
import type { RuleName } from "../judge/violation.ts";
import { ruleNames, toRules } from "./options.ts";

interface Options extends ContractServerOptions {
  readonly assertValid?: boolean;
  readonly ignore?: string;
}

/** A server does not keep its process alive, so a timer does: the longest there is. */
const longestMs = 2 ** 31 - 1;

/** `serve`: a contract server until SIGINT or SIGTERM. Exit code 1 with `--assert-valid` and violations, 2 when it can't listen. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("start a contract server, and stop it with Ctrl+C")
    .option("--port <number>", "port to listen on; 0 takes a free one", toPort, 4010)
    .option("--host <address>", "address to listen on; the default is reachable from this machine only", "127.0.0.1")
    .option("--max-body-bytes <number>", "largest body that is read", toPositive)
    .option("--request-timeout-ms <number>", "time for a whole request to arrive", toPositive)
    .option(
      "--assert-valid",
      "at the end, write the violations since the start, whatever was reset, and exit with 1 if there is any or no call came",
    )
    .option("--ignore <list>", `rules that --assert-valid does not apply, with commas: ${ruleNames}`)
    .action(async (options: Options) => {
      process.exitCode = await serve(options);
    });
}

async function serve({ assertValid = false, ignore, ...options }: Options): Promise<0 | 1 | 2> {
  let server: ContractServer;
  let ignored: readonly RuleName[];
  try {
    ignored = toRules(ignore);
    server = await startContractServer(options);
  } catch (error) {
    process.stderr.write(`${explain(error, options)}\n`);
    return 2;
  }
  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  process.stdout.write(
    `Contract server at ${server.url}\nSay what it answers, and ask what it was asked, at ${server.url}/__contract/openapi.json\n`,
  );
  const alive = setInterval(() => undefined, longestMs);
  await stopped;
  clearInterval(alive);
  await server.close();
  return assertValid ? verdict(server, ignored) : 0;
}

function verdict(server: ContractServer, ignore: readonly RuleName[]): 0 | 1 {
  try {
    server.assertValid({ ignore, sinceStart: true });
  } catch (error) {
    if (!(error instanceof ContractViolationError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return 1;
  }
  process.stdout.write("All calls since the start are valid.\n");
  return 0;
}

function explain(error: unknown, { host, port }: ContractServerOptions): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is taken. Choose another one with --port, or --port 0 for a free one.`;
    case "EACCES":
      return `Port ${port} of ${host} needs more rights. Choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `The address ${host} is none of this machine. Choose another one with --host.`;
    default:
      return `The server can't start: ${message}`;
  }
}

function toPort(text: string): number {
  return integer(text, 0, 65_535);
}

function toPositive(text: string): number {
  return integer(text, 1, 2 ** 31 - 1);
}

function integer(text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
}
