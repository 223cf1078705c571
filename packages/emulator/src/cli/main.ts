import { CommanderError } from "commander";
import { printError } from "./print-error.ts";
import { createProgram } from "./program.ts";
import { messageOf } from "./usage-error.ts";

/** Runs the command with its arguments. Errors are told in a sentence or two, and end with the exit code 2. */
export async function main(args: readonly string[], version: string): Promise<void> {
  // A reader of the output may leave before its end, as `head` does.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  process.on("uncaughtException", fail);
  try {
    await createProgram(version).parseAsync(args, { from: "user" });
  } catch (error) {
    // Commander has said by itself what is wrong, or printed its help.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else fail(error);
  }
}

function fail(error: unknown): void {
  printError(messageOf(error));
  process.exit(2);
}
