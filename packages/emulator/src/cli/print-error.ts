import { terminalLines } from "../terminal-text.ts";

/** Prints what went wrong, with `?` for each character that a terminal would act on. */
export function printError(message: string): void {
  process.stderr.write(`${terminalLines(message)}\n`);
}
