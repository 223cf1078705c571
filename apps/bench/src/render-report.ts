import type { Comparison, Listing, Report } from "./report.ts";
import { digits, spread, spreadText } from "./spread.ts";

/** A Markdown table of a report, under its title. */
export function renderReport(report: Report): string {
  return `### ${report.title}\n\n${"rounds" in report ? comparison(report) : listing(report)}`;
}

/** The baseline's median, and the others' ratios to it: each figure is divided by the baseline's of its own round. */
function comparison({ rounds }: Comparison): string {
  const [first = {}] = rounds;
  const [baseline = "", ...others] = Object.keys(first);
  const measures = Object.keys(first[baseline] ?? {});
  const figures = (name: string, measure: string): number[] =>
    rounds.map((round) => round[name]?.[measure] ?? Number.NaN);
  const ratios = (name: string, measure: string): number[] => {
    const ones = figures(baseline, measure);
    return figures(name, measure).map((figure, round) => figure / (ones[round] ?? Number.NaN));
  };
  return table([
    ["", ...measures],
    [baseline, ...measures.map((measure) => `1 = ${digits(spread(figures(baseline, measure)).median)}`)],
    ...others.map((name) => [name, ...measures.map((measure) => spreadText(ratios(name, measure)))]),
  ]);
}

function listing({ values }: Listing): string {
  return table([["", "measured"], ...Object.entries(values).map(([name, figures]) => [name, spreadText(figures)])]);
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}
