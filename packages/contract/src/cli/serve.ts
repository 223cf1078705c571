import { Command } from "commander";
import { type ContractServerOptions, startContractServer } from "../contract-server.ts";
import type { CredentialOptions } from "../credentials.ts";
import { addReportOptions, checkReportOptions, type ReportOptions } from "../report/write-reports.ts";
import { programHelp, usageWithProgram } from "./child.ts";
import { addCredentialOptions, type CredentialArguments, toCredentialOptions } from "./credential-options.ts";
import { action, exitCodesHelp, ruleNames, type Terminal, toInteger, toRules } from "./options.ts";
import { listenError, runUntilEnd } from "./until-end.ts";

interface ServeArguments
  extends Omit<ContractServerOptions, keyof CredentialOptions>, CredentialArguments, ReportOptions {
  readonly assertValid?: boolean;
  readonly ignore?: string;
}

/** The largest integer of 32 bits, and the longest time of a timer. */
const longestMs = 2 ** 31 - 1;
const defaultPort = 4010;

/** Creates `serve`, which runs a contract server until SIGINT or SIGTERM, until its parent ends, or around a command. */
export function serveCommand(terminal: Terminal, program: readonly string[]): Command {
  return addReportOptions(addCredentialOptions(new Command("serve")))
    .description("start a contract server; stop it with Ctrl+C")
    .usage(usageWithProgram)
    .option(
      "--port <number>",
      `port to listen on; 0 selects a free one (default: ${defaultPort}, with a program 0)`,
      toInteger(0, 65_535),
    )
    .option("--host <address>", "address to listen on; the default is reachable from this machine only", "127.0.0.1")
    .option("--max-body-bytes <number>", "maximum size of a request body", toInteger(1, longestMs))
    .option("--request-timeout-ms <number>", "time limit for a whole request to arrive", toInteger(1, longestMs))
    .option(
      "--assert-valid",
      "at exit, print the verdict on all calls since the start, including those before a reset; with a program, always",
    )
    .option("--ignore <list>", `rules that the verdict ignores, comma-separated: ${ruleNames}`)
    .addHelpText("after", exitCodesHelp)
    .addHelpText("after", programHelp)
    .action(action(terminal, (options: ServeArguments) => serve(program, options, terminal)));
}

async function serve(program: readonly string[], given: ServeArguments, terminal: Terminal): Promise<number> {
  const { secretKeyEnv, sdkappid, administrators, assertValid = false, ignore: ignored, ...options } = given;
  const { host = "127.0.0.1" } = options;
  const ignore = toRules(ignored);
  checkReportOptions(given, "serve");
  const port = options.port ?? (program.length > 0 ? 0 : defaultPort);
  const credentials = toCredentialOptions({ secretKeyEnv, sdkappid, administrators }, terminal.environment);
  const server = await startContractServer({ ...options, ...credentials, port }).catch((error: unknown) => {
    throw listenError(error, host, port);
  });
  const announcement = `Contract server at ${server.url}\nPlan its responses and list its requests as described at ${server.url}/__contract/openapi.json\n`;
  const hasReport = [given.json, given.junit, given.sarif, given.baseline].some((file) => file !== undefined);
  const judging = assertValid || hasReport || program.length > 0 ? { ignore, sinceStart: true } : undefined;
  return runUntilEnd({ name: "serve", server, program, announcement, judging, reports: given }, terminal);
}
