import { expect } from "vitest";

/** Resolves to the first UserSig that differs. It is signed in another thread, which a busy machine may delay. */
export async function becomes(source: { get(): string | Promise<string> }, old: string): Promise<string> {
  await expect.poll(() => source.get()).not.toBe(old);
  return source.get();
}

export function becomesIdle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
