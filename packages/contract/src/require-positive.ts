/** Throws a `RangeError` that names the first limit that is no positive integer. */
export function requirePositive(limits: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1)
      throw new RangeError(`${name} must be an integer from 1 to ${2 ** 31 - 1}, but is ${value}.`);
  }
}
