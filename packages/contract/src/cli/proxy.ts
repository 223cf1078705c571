import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { Violation } from "../judge/violation.ts";
import { type ContractProxyOptions, startContractProxy } from "../proxy/contract-proxy.ts";
import { toTarget } from "../proxy/target.ts";
import { isLoopback } from "../verify/verify-options.ts";
import { oneLine } from "../report/words.ts";
import { addReportOptions, checkReportOptions, type ReportOptions } from "../report/write-reports.ts";
import { programHelp, usageWithProgram } from "./child.ts";
import { addHeaderOptions, type HeaderArguments, headersOf } from "./headers.ts";
import { action, exitCodesHelp, ruleNames, type Terminal, toInteger, toRules } from "./options.ts";
import { listenError, runUntilEnd } from "./until-end.ts";

interface ProxyArguments extends HeaderArguments, ReportOptions {
  readonly upstream: string;
  readonly port: number;
  readonly host: string;
  readonly ca?: string;
  readonly record?: string;
  readonly ignore?: string;
  readonly timeoutMs: number;
  readonly yes?: true;
}

/** Creates `proxy`, which forwards calls to a provider and validates both sides, until it is stopped or around a command. */
export function proxyCommand(terminal: Terminal, program: readonly string[]): Command {
  const named = new Command("proxy")
    .description("forward calls to a provider and validate both sides; stop it with Ctrl+C")
    .usage(usageWithProgram)
    .requiredOption(
      "--upstream <url>",
      "the provider: a region of the service, or a URL; that of a gateway can have a path",
    )
    .option("--port <number>", "port to listen on; 0 selects a free one", toInteger(0, 65_535), 0)
    .option("--host <address>", "address to listen on; the default is reachable from this machine only", "127.0.0.1");
  return addReportOptions(addHeaderOptions(named))
    .option("--ca <file>", "certificates to trust for the provider, in PEM")
    .option("--record <folder>", "record the calls, without credentials, for check and coverage")
    .option("--ignore <list>", `rules that the verdict ignores, comma-separated: ${ruleNames}`)
    .option("--timeout-ms <number>", "time limit of a response of the provider", toInteger(1, 600_000), 30_000)
    .option("--yes", "forward calls that may write, even if the provider is not on this machine")
    .addHelpText("after", exitCodesHelp)
    .addHelpText("after", programHelp)
    .action(action(terminal, (options: ProxyArguments) => proxy(program, options, terminal)));
}

async function proxy(program: readonly string[], given: ProxyArguments, terminal: Terminal): Promise<number> {
  const { upstream, port, host, record, timeoutMs, yes: allowWrites = false } = given;
  const ignore = toRules(given.ignore);
  checkReportOptions(given, "proxy");
  const origin = originOf(upstream);
  const options: ContractProxyOptions = {
    upstream,
    port,
    host,
    timeoutMs,
    allowWrites,
    headers: headersOf(given, terminal.environment),
    ...(given.ca !== undefined && { ca: readCertificates(given.ca) }),
    ...(record !== undefined && { record }),
    onViolation: (violation) => ignore.includes(violation.rule) || terminal.writeError(liveLine(violation)),
  };
  if (!allowWrites && !isLoopback(origin))
    terminal.writeError(
      `Calls that may write are not sent to ${origin}, because it is not on this machine; --yes allows them.\n`,
    );
  const server = await startContractProxy(options).catch((error: unknown) => {
    const isListening = (error as NodeJS.ErrnoException).syscall !== undefined;
    throw isListening ? listenError(error, host, port) : error;
  });
  const announcement = `Proxy at ${server.url} in front of ${origin}\nWhat it found so far is at ${server.url}/__contract/violations\n`;
  return runUntilEnd({ name: "proxy", server, program, announcement, judging: { ignore }, reports: given }, terminal);
}

function originOf(text: string): string {
  try {
    return toTarget(text).origin;
  } catch (error) {
    throw new TypeError(`--upstream ${(error as Error).message}`, { cause: error });
  }
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`--ca ${file} cannot be read (${code}). Give a file with certificates in PEM.`, { cause: error });
  }
}

function liveLine({ side, call, operation = "no operation", rule, message }: Violation): string {
  return `${oneLine(`${side} of call ${call} (${operation}) [${rule}] ${message}`)}.\n`;
}
