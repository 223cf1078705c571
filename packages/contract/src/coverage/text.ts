import { dimensions, type Cell, type Coverage } from "./coverage.ts";
import { cellDimensions, percent, shareOf } from "./share.ts";

/** Codes that are not in the catalogue can be any number: JSON has them all. */
const shownCodes = 10;

/** The report for a terminal: the totals, then for each operation what was not met. */
export function coverageText(coverage: Coverage): string {
  const { totals, operations, calls, unanswered, elsewhere, unlisted } = coverage;
  const width = Math.max(...dimensions.map((dimension) => dimension.length));
  const lines = [
    `${count(calls, "call")}, ${unanswered} without a whole answer, ${elsewhere} to no operation of the description`,
    "",
    ...dimensions.map((dimension) => {
      const share = totals[dimension];
      return `${dimension.padEnd(width)}  ${`${percent(share)} %`.padStart(7)}  ${share.met} of ${share.total}`;
    }),
  ];
  for (const operation of operations) {
    lines.push("", `${operation.operation}: ${count(operation.answered, "answer")}`);
    for (const dimension of cellDimensions) {
      const missing = operation[dimension].filter(({ met }) => met === 0);
      const { met, total } = shareOf(operation[dimension]);
      if (total === 0) continue;
      const names = met === 0 ? "all" : missing.map((cell) => label(cell)).join(", ");
      const rest = missing.length === 0 ? "" : `; not met: ${names}`;
      lines.push(`  ${dimension} ${met} of ${total}${rest}`);
    }
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

/** How a cell is called: `50001 UserNotImported`, `OnlyPage`. */
export function label({ code, name }: Cell): string {
  return code === undefined ? name : `${code} ${name}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
