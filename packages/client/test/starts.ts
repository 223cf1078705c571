/** Most starts in any time of this length: in each, the first one is at its beginning. */
export function mostWithin(starts: readonly number[], lengthMs: number): number {
  let most = 0;
  let first = 0;
  for (const [last, start] of starts.entries()) {
    while (start - starts[first]! > lengthMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
