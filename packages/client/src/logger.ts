/** How much is logged: a level and those after it in this order. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/**
 * Takes what the client logs. `console` is one, and so are most loggers. Methods that are missing are not called. The fields are
 * plain data without credentials: `operation`, `attempts`, `durationMs`, `code`, `delayMs` and the like.
 *
 * - `debug`: each attempt that has ended
 * - `info`: each call that has succeeded
 * - `warn`: each call that is going to be repeated
 * - `error`: each call that has failed
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

/** Returns nothing where nothing is to be logged, so that nothing is prepared for it. */
export function createLog(logger: Logger | undefined, lowest: LogLevel): Log | undefined {
  if (logger === undefined || lowest === "off") return undefined;
  return (level, message, fields) => {
    if (logLevels.indexOf(level) >= logLevels.indexOf(lowest)) quietly(() => logger[level]?.(message, fields));
  };
}

/** Runs what the caller wants to be told. What goes wrong in there is not the call's business. */
export function quietly(run: () => unknown): void {
  try {
    const result = run();
    // One that is async fails later.
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // Nobody is left to be told.
  }
}
