/** A promise that a test settles itself. */
export interface Pending<Result> {
  readonly promise: Promise<Result>;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

export function pending<Result>(): Pending<Result> {
  const functions: Pick<Pending<Result>, "resolve" | "reject">[] = [];
  const promise = new Promise<Result>((resolve, reject) => {
    functions.push({ resolve, reject });
  });
  return Object.assign({ promise }, functions[0]) as Pending<Result>;
}
