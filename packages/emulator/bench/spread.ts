/** Median and range of figures, for example `1.20 (1.10–1.45)`. */
export function spread(figures: readonly number[], digits = 2): string {
  const sorted = figures.toSorted((a, b) => a - b);
  const [least = NaN, median = NaN, most = NaN] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

/** What something took: time on the clock and of the processor, in µs. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** What one of so many runs took. */
export function costOf(times: number, run: () => void): Cost {
  const [cpuBefore, before] = [process.cpuUsage(), performance.now()];
  for (let time = 0; time < times; time++) run();
  const [{ user, system }, wall] = [process.cpuUsage(cpuBefore), performance.now() - before];
  return { wall: (wall * 1000) / times, cpu: (user + system) / times };
}
