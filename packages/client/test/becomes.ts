import { expect } from "vitest";

/** The first UserSig that is another one. It is signed in another thread, which a busy machine may let wait. */
export async function becomes(source: { get(): string | Promise<string> }, old: string): Promise<string> {
  await expect.poll(() => source.get()).not.toBe(old);
  return source.get();
}

export function becomesIdle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
