/** Returns " Did you mean `x`?" for the word with the fewest edits, or an empty text when none is near. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const ranked = [...words]
    .map((other) => ({ other, edits: editDistance(word, other) }))
    .toSorted((a, b) => a.edits - b.edits);
  const nearest = ranked[0];
  return nearest !== undefined && nearest.edits <= Math.max(2, word.length / 3)
    ? ` Did you mean \`${nearest.other}\`?`
    : "";
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
