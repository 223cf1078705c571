import type { Violation } from "./violation.ts";

const longest = 10;

/** Writes violations for a person: of each the call, the rule, the place, what was expected and what to change. */
export function report(violations: readonly Violation[], calls: number): string {
  if (violations.length === 0) return `${count(calls, "call")}, no violation.`;
  const shown = violations.slice(0, longest).map((violation) => {
    const { call, operation = "no operation", in: place, pointer, rule, message, fix, docs } = violation;
    const where = place === "sequence" ? "" : `, ${place} ${pointer}`.trimEnd();
    return [`call ${call} (${operation})${where} [${rule}]`, `  ${message}.`, `  Fix: ${fix}`, `  See: ${docs}`].join(
      "\n",
    );
  });
  const more = violations.length - shown.length;
  return [
    `${count(violations.length, "violation")} in ${count(calls, "call")}:`,
    ...shown,
    ...(more > 0 ? [`and ${more} more; violations() has all.`] : []),
  ].join("\n\n");
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
