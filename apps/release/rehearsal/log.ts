/** Logs each step of the rehearsal as it happens. A reader follows the log from the top without knowing the code. */
let headings = 0;

/** Logs a numbered heading. */
export function heading(title: string): void {
  headings += 1;
  process.stdout.write(`\n${headings}. ${title}\n`);
}

/** Logs one event, and below it the lines that a program printed. */
export function log(sentence: string, quoted = ""): void {
  process.stdout.write(`   ${sentence}\n`);
  for (const line of quoted.split("\n").filter((text) => text.trim() !== "")) process.stdout.write(`     | ${line}\n`);
}
