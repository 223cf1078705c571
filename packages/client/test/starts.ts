/** Returns the maximum number of starts in any window of this length. Each window begins with a start. */
export function mostWithin(starts: readonly number[], lengthMs: number): number {
  let most = 0;
  let first = 0;
  for (const [last, start] of starts.entries()) {
    while (start - starts[first]! > lengthMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
