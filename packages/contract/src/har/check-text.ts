import type { CheckReport } from "./check.ts";

/** The report for a terminal: a paragraph for each finding, then the counts. */
export function checkText(report: CheckReport, skipped: ReadonlyMap<string, number>): string {
  const { calls, lost, violations, answers } = report;
  const paragraphs = [
    ...violations.map(
      ({ call, operation, rule, message, fix, docs }) =>
        `call ${call} ${operation ?? "(no operation)"} [${rule}]\n  ${message}.\n  Fix: ${fix}\n  See: ${docs}`,
    ),
    ...answers.map(({ call, operation, rule, text }) => `answer to call ${call} ${operation} [${rule}]\n  ${text}.`),
  ];
  const others = [...skipped.values()].reduce((sum, times) => sum + times, 0);
  const counts = [
    `${count(calls, "call")} judged: ${count(violations.length, "violation")} by the consumer, ${count(answers.length, "mistake")} in answers.`,
    ...(lost > 0 ? [`${count(lost, "call")} got no answer of the service.`] : []),
    ...(others > 0
      ? [`${count(others, "other entry", "other entries")} skipped: ${[...skipped.keys()].join(", ")}.`]
      : []),
  ];
  return `${[...paragraphs, counts.join("\n")].join("\n\n")}\n`;
}

function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
