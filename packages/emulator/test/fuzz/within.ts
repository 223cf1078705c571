/** Milliseconds after which something counts as hanging, on however busy a machine. */
export const hanging = 120_000;

/** What a promise resolves to; rejects when that takes longer, which is to find what hangs and not what is slow. */
export async function within<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing has come within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
