/** Least, middle and most of some figures. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** Throws a `RangeError` when there is no figure. The median of an even number of figures is the upper one of the two in the middle. */
export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((one, other) => one - other);
  const [least, median, most] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  if (least === undefined || median === undefined || most === undefined) throw new RangeError("no figures");
  return { least, median, most };
}

/** For example `1.20 (1.10–1.45)`: median, least, most. */
export function spreadText(figures: readonly number[]): string {
  const { least, median, most } = spread(figures);
  if (figures.length === 1) return digits(median);
  return `${digits(median)} (${digits(least)}–${digits(most)})`;
}

/** Three digits, or all of a whole number. */
export function digits(figure: number): string {
  const size = Math.abs(figure);
  if (size >= 100) return Math.round(figure).toLocaleString("en");
  return size >= 10
    ? figure.toFixed(1)
    : size >= 0.1 || size === 0
      ? figure.toFixed(2)
      : String(Number(figure.toPrecision(2)));
}
