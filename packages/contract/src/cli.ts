/** The command line; bin/contract.cjs calls `run` where Node is new enough. */
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { checkCommand } from "./cli/check.ts";
import { coverageCommand } from "./cli/coverage.ts";
import { processTerminal, type Terminal } from "./cli/options.ts";
import { proxyCommand } from "./cli/proxy.ts";
import { serveCommand } from "./cli/serve.ts";
import { verifyCommand } from "./cli/verify.ts";
import { exitCodes } from "./exit-codes.ts";

/** All commands. Each gets the program after `--`, its name and arguments; `verify` runs none. */
const commands: Readonly<Record<string, (terminal: Terminal, program: readonly string[]) => Command>> = {
  serve: serveCommand,
  proxy: proxyCommand,
  verify: verifyCommand,
  check: checkCommand,
  coverage: coverageCommand,
};

/** The names of all commands. */
export const commandNames: readonly string[] = Object.keys(commands);

/** Runs the command that the arguments name, which sets one of the `exitCodes`. */
export async function run(argv: readonly string[], terminal: Terminal = processTerminal): Promise<void> {
  const at = argv.indexOf("--");
  const [own, program] = at < 0 ? [argv, []] : [argv.slice(0, at), argv.slice(at + 1)];
  const root = new Command("contact-groups-contract")
    .description(manifest.description)
    .version(manifest.version)
    .showHelpAfterError("Add --help for the options.")
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.writeError(text) })
    .exitOverride();
  for (const command of Object.values(commands))
    root.addCommand(command(terminal, program).copyInheritedSettings(root));
  try {
    if (at >= 0 && program.length === 0) root.error("error: there is no command after --");
    if (at >= 0 && own[2] === "verify") root.error("error: verify runs no command, so there must be none after --");
    await root.parseAsync(own);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    terminal.setExitCode(error.exitCode === 0 ? exitCodes.passed : exitCodes.invalidUsage);
  }
}
