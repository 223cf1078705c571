/** A level of the log. Messages of a level and of those after it are logged, in this order. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/**
 * Receives what the client logs. `console` is one, and so are most loggers. Missing methods are not called. The fields are
 * plain data without credentials: `operation`, `attempts`, `durationMs`, `code`, `delayMs` and the like.
 *
 * - `debug`: after each attempt
 * - `info`: after each call that succeeded
 * - `warn`: before each retry
 * - `error`: after each call that failed
 *
 * @example
 * ```ts
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "china", logger: console, logLevel: "warn" });
 * ```
 */
export interface Logger {
  debug?(message: string, fields: object): void;
  info?(message: string, fields: object): void;
  warn?(message: string, fields: object): void;
  error?(message: string, fields: object): void;
}

/** Logs at a level. */
export type Log = (level: Exclude<LogLevel, "off">, message: string, fields: object) => void;

/** The levels in their order. */
export const logLevels: readonly LogLevel[] = ["debug", "info", "warn", "error", "off"];

/** Creates the function that logs; undefined where nothing is logged, so that no message is prepared. */
export function createLog(logger: Logger | undefined, lowest: LogLevel): Log | undefined {
  if (logger === undefined || lowest === "off") return undefined;
  return (level, message, fields) => {
    if (logLevels.indexOf(level) >= logLevels.indexOf(lowest)) quietly(() => logger[level]?.(message, fields));
  };
}

/** Calls a listener of the caller. Its errors do not fail the call. */
export function quietly(run: () => unknown): void {
  try {
    const result = run();
    // An async listener fails later.
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // There is nothing to report it to.
  }
}
