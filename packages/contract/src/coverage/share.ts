import type { Cell, Coverage, Dimension, Share } from "./coverage.ts";

/** Percentage, cut off after one decimal: 100 means all. With nothing to meet it is 100. */
export function percent({ met, total }: Share): number {
  return total === 0 ? 100 : Math.floor((met / total) * 1000) / 10;
}

export function shareOf(cells: readonly Cell[]): Share {
  return { met: cells.filter(({ met }) => met > 0).length, total: cells.length };
}

/** The dimensions that an operation has cells of, in the order of a report. */
export const cellDimensions: readonly Exclude<Dimension, "operations">[] = ["examples", "codes", "fields", "pages"];

/** Least percentages that a run has to reach. */
export type Minimums = Partial<Readonly<Record<Dimension, number>>>;

/** Says of each dimension below its minimum what was reached: `codes: 97.5 % of 161, at least 100 % is asked for`. */
export function belowMinimum({ totals }: Coverage, minimums: Minimums): string[] {
  return (Object.entries(minimums) as [Dimension, number][])
    .filter(([dimension, least]) => percent(totals[dimension]) < least)
    .map(([dimension, least]) => {
      const share = totals[dimension];
      return `${dimension}: ${percent(share)} % (${share.met} of ${share.total}) were met, but at least ${least} % are asked for.`;
    });
}
