import { show } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import { type Command, CommanderError } from "commander";
import { printError } from "../terminal.ts";
import { createProgram } from "./program.ts";
import { messageOf, UsageError } from "./values.ts";

/** Runs the command as the program of this process. */
export async function main(args: readonly string[], version: string): Promise<void> {
  // A reader of the output may leave before its end, as `head` does.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  process.on("uncaughtException", (error) => process.exit(fail(error)));
  const code = await runCommand(args, createProgram(version));
  if (code > 0) process.exit(code);
}

/** Runs the command with its arguments. Returns the exit code, which is 0 while it serves. Errors are printed in a sentence or two. */
export async function runCommand(args: readonly string[], program: Command): Promise<number> {
  try {
    checkCommand(args, program);
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Commander has printed the error or the help by itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return fail(error);
  }
}

/** Rejects a name that is no command, which would be an argument of the default command. It can be a key, so only one like a command is shown. */
function checkCommand([name = "-"]: readonly string[], { commands }: Command): void {
  const names = [...commands.map((command) => command.name()), "help"];
  if (name.startsWith("-") || names.includes(name)) return;
  const near = didYouMean(name, names);
  const shown = near === undefined ? "The first argument is no command." : `Did you mean ${near}, not ${show(name)}?`;
  throw new UsageError(`${shown} The commands are ${names.join(", ")}.`);
}

function fail(error: unknown): number {
  printError(messageOf(error));
  return 2;
}
