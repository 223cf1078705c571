/** What a benchmark reports, and how it is checked and shown. */
export type Report = Comparison | Listing;

/** Figures of contenders by round. The first contender is the one by which all others are divided. */
export interface Comparison {
  readonly title: string;
  /** Figure by contender and measure, such as `{ fetch: { "calls per second": 9000 } }`. */
  readonly rounds: readonly Readonly<Record<string, Readonly<Record<string, number>>>>[];
}

/** Figures that are not ratios. */
export interface Listing {
  readonly title: string;
  /** Each run's figure, by what was measured. */
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/**
 * Checks what a process sent.
 *
 * @throws an `Error` that says what is wrong if it cannot be shown, or has a figure that nothing can have measured
 */
export function checkReport(value: unknown): Report {
  const { title, rounds, values } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof title !== "string" || title === "") throw new Error("a report must have a title");
  if (rounds === undefined && values === undefined) throw new Error(`"${title}" has neither rounds nor values`);
  const figures = leaves(rounds ?? values);
  if (figures.length === 0) throw new Error(`"${title}" has no figure`);
  for (const figure of figures) {
    // What is not a number arrives as null.
    if (typeof figure !== "number" || !Number.isFinite(figure))
      throw new Error(`"${title}" has a figure that is not a number`);
    if (figure <= 0) throw new Error(`"${title}" has the figure ${figure}, but every figure must be above 0`);
  }
  return value as Report;
}

function leaves(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** Returns a report as a Markdown table under its title. */
export function renderReport(report: Report): string {
  const rows = "rounds" in report ? comparisonRows(report) : listingRows(report);
  const [head = [], ...body] = rows.map((cells) => cells.map((cell) => cell.replaceAll("|", String.raw`\|`)));
  const lines = [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`);
  return `### ${report.title}\n\n${lines.join("\n")}`;
}

/** The baseline's median, and the others' ratios to it: each figure is divided by the baseline's of its own round. */
function comparisonRows({ rounds }: Comparison): readonly string[][] {
  const [first = {}] = rounds;
  const [baseline = "", ...others] = Object.keys(first);
  const measures = Object.keys(first[baseline] ?? {});
  const figures = (name: string, measure: string): number[] =>
    rounds.map((round) => round[name]?.[measure] ?? Number.NaN);
  const ratios = (name: string, measure: string): number[] => {
    const ones = figures(baseline, measure);
    return figures(name, measure).map((figure, round) => figure / (ones[round] ?? Number.NaN));
  };
  return [
    ["", ...measures],
    [baseline, ...measures.map((measure) => `1 = ${digits(spread(figures(baseline, measure)).median)}`)],
    ...others.map((name) => [name, ...measures.map((measure) => spreadText(ratios(name, measure)))]),
  ];
}

function listingRows({ values }: Listing): readonly string[][] {
  return [["", "measured"], ...Object.entries(values).map(([name, figures]) => [name, spreadText(figures)])];
}

/**
 * Returns the least, the middle and the most of some figures. The median of an even number of figures is the upper one of the two in the
 * middle.
 *
 * @throws a `RangeError` if there is no figure
 */
export function spread(figures: readonly number[]): {
  readonly min: number;
  readonly median: number;
  readonly max: number;
} {
  const sorted = figures.toSorted((one, other) => one - other);
  const [min, median, max] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  if (min === undefined || median === undefined || max === undefined) throw new RangeError("no figures");
  return { min, median, max };
}

/** Returns median, minimum and maximum, for example `1.20 (1.10–1.45)`. */
export function spreadText(figures: readonly number[]): string {
  const { min, median, max } = spread(figures);
  return figures.length === 1 ? digits(median) : `${digits(median)} (${digits(min)}–${digits(max)})`;
}

/** Returns a figure with three digits, or all digits of a whole number. */
export function digits(figure: number): string {
  const size = Math.abs(figure);
  if (size >= 100) return Math.round(figure).toLocaleString("en");
  if (size >= 10) return figure.toFixed(1);
  return size >= 0.1 || size === 0 ? figure.toFixed(2) : String(Number(figure.toPrecision(2)));
}
