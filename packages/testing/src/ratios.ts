/** Prints a table: each contender's figures divided by the first one's of the same round, as median and range over the rounds. */
export type Figures = Readonly<Record<string, number>>;

export function ratioTable(rounds: readonly Readonly<Record<string, Figures>>[]): string {
  const [baseline = "", ...others] = Object.keys(rounds[0] ?? {});
  const measures = Object.keys(rounds[0]?.[baseline] ?? {});
  const cell = (name: string, measure: string): string => {
    const ratios = rounds
      .map((round) => of(round, name, measure) / of(round, baseline, measure))
      .toSorted((a, b) => a - b);
    return `${median(ratios).toFixed(2)} (${ratios.at(0)?.toFixed(2)}–${ratios.at(-1)?.toFixed(2)})`;
  };
  const absolute = measures.map((measure) => {
    const values = rounds.map((round) => of(round, baseline, measure)).toSorted((a, b) => a - b);
    return `1 = ${median(values).toPrecision(3)}`;
  });
  return [
    ["", ...measures],
    ["---", ...measures.map(() => "---")],
    [baseline, ...absolute],
    ...others.map((name) => [name, ...measures.map((measure) => cell(name, measure))]),
  ]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

function of(round: Readonly<Record<string, Figures>>, name: string, measure: string): number {
  return round[name]?.[measure] ?? Number.NaN;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
