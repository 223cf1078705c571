import { count } from "../report/words.ts";
import { cellDimensions, type Coverage, dimensions, percent, shareOf } from "./coverage.ts";

/** Codes that are not in the catalogue can be any number: JSON has them all. */
const shownCodes = 10;

/** Writes the report for a terminal: the totals, then what each operation lacks. */
export function coverageText(coverage: Coverage): string {
  const { totals, operations, calls, incomplete, otherPaths, unlisted } = coverage;
  const width = Math.max(...dimensions.map((dimension) => dimension.length));
  const lines = [
    `${count(calls, "call")}, ${incomplete} without a complete response, ${otherPaths} to other paths`,
    "",
    ...dimensions.map((dimension) => {
      const share = totals[dimension];
      return `${dimension.padEnd(width)}  ${`${percent(share)} %`.padStart(7)}  ${share.covered} of ${share.total}`;
    }),
  ];
  for (const operation of operations) {
    lines.push("", `${operation.operation}: ${count(operation.completed, "response")}`);
    for (const dimension of cellDimensions) {
      const missing = operation[dimension].filter(({ covered }) => covered === 0);
      const { covered, total } = shareOf(operation[dimension]);
      if (total === 0) continue;
      const names = covered === 0 ? "all" : missing.map(({ name }) => name).join(", ");
      const rest = missing.length === 0 ? "" : `; not covered: ${names}`;
      lines.push(`  ${dimension} ${covered} of ${total}${rest}`);
    }
    const codes = operation.codes.filter(({ covered }) => covered > 0).map(({ code, name }) => `${code} ${name}`);
    if (codes.length > 0) lines.push(`  codes received: ${codes.join(", ")}`);
  }
  if (unlisted.length > 0) {
    lines.push("", "Codes that the catalogue does not list for the operation:");
    for (const { operation } of operations) {
      const codes = unlisted.filter((it) => it.operation === operation).map(({ code }) => code);
      const more = codes.length > shownCodes ? ` and ${codes.length - shownCodes} more` : "";
      if (codes.length > 0) lines.push(`  ${operation} ${codes.slice(0, shownCodes).join(", ")}${more}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
