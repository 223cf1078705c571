/** The first UserSig that is another one. */
export async function becomes(source: { get(): string | Promise<string> }, old: string): Promise<string> {
  for (let turn = 0; turn < 1000; turn++) {
    const now = await source.get();
    if (now !== old) return now;
    await becomesIdle();
  }
  throw new Error("it was never renewed");
}

export function becomesIdle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
