/** Tells what the rehearsal does, as it does it, so that its log can be read from the top without knowing the code. */
let chapters = 0;

/** Begins a chapter. */
export function chapter(title: string): void {
  chapters += 1;
  process.stdout.write(`\n${chapters}. ${title}\n`);
}

/** Says one thing that happened. Further lines are quoted from a program. */
export function tell(sentence: string, quoted = ""): void {
  process.stdout.write(`   ${sentence}\n`);
  for (const line of quoted.split("\n").filter((text) => text.trim() !== "")) process.stdout.write(`     | ${line}\n`);
}
