/** The command line; bin/contract.cjs calls `run` where Node is new enough. */
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { checkCommand } from "./cli/check.ts";
import { coverageCommand } from "./cli/coverage.ts";
import { processTerminal, type Terminal } from "./cli/options.ts";
import { exitCodes } from "./exit-codes.ts";
import { proxyCommand } from "./cli/proxy.ts";
import { serveCommand } from "./cli/serve.ts";
import { verifyCommand } from "./cli/verify.ts";

/** Runs the command that the arguments name, which sets one of the `exitCodes`. */
export async function run(argv: readonly string[], terminal: Terminal = processTerminal): Promise<void> {
  const program = new Command("contact-groups-contract")
    .description(manifest.description)
    .version(manifest.version)
    .showHelpAfterError("Add --help for the options.")
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.writeError(text) })
    .exitOverride();
  for (const command of [serveCommand, proxyCommand, verifyCommand, checkCommand, coverageCommand])
    program.addCommand(command(terminal).copyInheritedSettings(program));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    terminal.setExitCode(error.exitCode === 0 ? exitCodes.passed : exitCodes.invalidUsage);
  }
}
