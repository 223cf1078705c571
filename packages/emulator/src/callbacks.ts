/** Callbacks of the options, whose failures must not change a response. */
type CallbackName = "now" | "nextGroupId" | "onCall" | "wait";

/** Called with what a callback of the options threw, or with what its promise was rejected with. */
export type OnError = (error: unknown, callback: CallbackName) => void;

/** Reports a failure of a callback. It does not throw. */
export type ReportFailure = (callback: CallbackName, error: unknown) => void;

/** Creates a function that reports to `onError`; without one, or when `onError` fails too, it prints to the console. */
export function createReport(onError: OnError = print): ReportFailure {
  return (callback, error) => {
    const fail = (failure: unknown): void => {
      print(error, callback);
      print(failure, "onError");
    };
    attempt(() => onError(error, callback), fail);
  };
}

/** Calls an observer, and reports its failure. */
export function attempt(run: () => unknown, fail: (error: unknown) => void): void {
  try {
    settle(run(), fail);
  } catch (error) {
    fail(error);
  }
}

/** Handles the rejection of a promise, if the value is one, so that it does not end the process. */
export function settle(value: unknown, fail: (error: unknown) => void): void {
  if (typeof value === "object" && value !== null && "then" in value) Promise.resolve(value).catch(fail);
}

function print(error: unknown, callback: CallbackName | "onError"): void {
  try {
    console.error(`The emulator's option ${callback} failed:`, error);
  } catch {
    // Some test setups make the console throw. Nothing else can be reported to.
  }
}
