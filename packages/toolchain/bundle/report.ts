/** Variable that shows the stack of an error that nobody expected. */
const shows = "CONTACT_GROUPS_STACK";

/**
 * Runs a command that makes something of the description. Where it gives problems, prints each on a line and ends with exit code 1. An error that no
 * check foresaw is one line as well, which names the program.
 */
export async function report(program: string, command: () => Promise<readonly string[]>): Promise<void> {
  const problems = await command().catch((error: unknown) => [unforeseen(program, error)]);
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
}

/** One line for an error that is a fault of a program: which, what to do, and how to see more. */
export function unforeseen(program: string, error: unknown): string {
  if (process.env[shows] && error instanceof Error) return error.stack ?? error.message;
  const [said = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return `${program} cannot go on: ${said.replace(/\.?$/, ".")} This is a fault of the program, or an edit that it does not support: undo the last edit, or set ${shows}=1 to see where it happened.`;
}
