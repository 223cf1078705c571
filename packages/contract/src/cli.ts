/** The command line; bin/contract.cjs calls `run` where Node is new enough. */
import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { checkCommand } from "./cli/check.ts";
import { coverageCommand } from "./cli/coverage.ts";
import { serveCommand } from "./cli/serve.ts";
import { verifyCommand } from "./cli/verify.ts";

/** Runs the command that the arguments name. Exit codes: 0 fine, 1 violations found, 2 wrong usage or surroundings. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command("contact-groups-contract")
    .description(manifest.description)
    .version(manifest.version)
    .showHelpAfterError("Add --help for the options.")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  for (const command of [serveCommand(), verifyCommand(), checkCommand(), coverageCommand()])
    program.addCommand(command.copyInheritedSettings(program));
  await program.parseAsync(argv);
}
