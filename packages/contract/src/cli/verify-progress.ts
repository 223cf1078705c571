import type { Outcome, ScenarioResult } from "../verify/verify-report.ts";

/** Outcomes that are said at once. */
const words: Partial<Readonly<Record<Outcome, string>>> = { failed: "failed", error: "error", notRun: "not run" };

/** Says which scenario failed as soon as it did, and how far it is. */
export function showProgress({ id, outcome }: ScenarioResult, done: number, total: number): void {
  const isTerminal = process.stderr.isTTY;
  const word = words[outcome];
  const bad = word === undefined ? "" : `${word} ${id}\n`;
  if (isTerminal) process.stderr.write(`\r\u001B[K${bad}${done} of ${total} ${done === total ? "\n" : id}`);
  else if (bad !== "" || Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total))
    process.stderr.write(`${bad}${done} of ${total}\n`);
}
