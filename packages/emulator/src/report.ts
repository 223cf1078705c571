/** Callbacks of the options whose failures no call may suffer from. */
export type CallbackName = "now" | "nextGroupId" | "onCall" | "wait";

/** Is called with what a callback of the options threw, or its promise was rejected with. */
export type OnError = (error: unknown, callback: CallbackName) => void;

/** Reports a failure of a callback. It does not throw. */
export type Report = (callback: CallbackName, error: unknown) => void;

/** Creates what reports to `onError`, or to the console without one, or when `onError` fails as well. */
export function createReport(onError: OnError = print): Report {
  return (callback, error) => {
    const fail = (failure: unknown): void => {
      print(error, callback);
      print(failure, "onError");
    };
    attempt(() => onError(error, callback), fail);
  };
}

/** Calls an observer, whose failures are reported and stop nothing. */
export function attempt(run: () => unknown, fail: (error: unknown) => void): void {
  try {
    settle(run(), fail);
  } catch (error) {
    fail(error);
  }
}

/** Waits for a promise, if it is one, so that its rejection does not end the process. */
export function settle(value: unknown, fail: (error: unknown) => void): void {
  if (typeof value === "object" && value !== null && "then" in value) Promise.resolve(value).catch(fail);
}

function print(error: unknown, callback: CallbackName | "onError"): void {
  try {
    console.error(`The emulator's option ${callback} failed:`, error);
  } catch {
    // Some test setups make the console throw. There is nowhere else to report to.
  }
}
