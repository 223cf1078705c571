/** What a program of measurements sends to `pnpm bench`, beside what it prints. */
export type Report = Comparison | Listing;

/** Figures of contenders by round. The first contender is the one that all others are divided by. */
export interface Comparison {
  readonly title: string;
  /** Figure by contender and measure, such as `{ fetch: { "calls per second": 9000 } }`. */
  readonly rounds: readonly Readonly<Record<string, Readonly<Record<string, number>>>>[];
}

/** Figures that are not divided by another's. */
export interface Listing {
  readonly title: string;
  /** Each run's figure, by what was measured. */
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/** Throws an `Error` that says what is wrong if this is no report that can be rendered. */
export function checkReport(value: unknown): Report {
  const { title, rounds, values } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof title !== "string" || title === "") throw new Error("a report has no title");
  if (rounds === undefined && values === undefined) throw new Error(`"${title}" has neither rounds nor values`);
  const figures = rounds === undefined ? leaves(values) : leaves(rounds);
  if (figures.length === 0) throw new Error(`"${title}" holds no figure`);
  // What is not a number arrives as null.
  if (!figures.every((figure) => typeof figure === "number" && Number.isFinite(figure)))
    throw new Error(`"${title}" holds a figure that is no number`);
  return value as Report;
}

function leaves(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];
}
