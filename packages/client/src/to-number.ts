/** A number, also where a careless gateway has made text of it. NaN for everything else. */
export function toNumber(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : NaN;
}
