/** A level of the log. Messages of a level and of those after it are logged, in this order. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/**
 * Receives what the client logs, such as `console`, winston or pino. Missing methods are not called. The fields are plain data without credentials.
 * A pino logger is called with the fields first, as it expects them; adapt any other logger that does: `{ warn: (message, fields) => logger.warn(fields, message) }`.
 *
 * | level   | logged                         | fields                                                  |
 * | ------- | ------------------------------ | ------------------------------------------------------- |
 * | `debug` | after each attempt             | `operation`, `attempt`, `waitedMs`, `durationMs`, `status`, `code`  |
 * | `info`  | after each call that succeeded | `operation`, `attempts`                                 |
 * | `warn`  | before each retry              | `operation`, `attempt`, `delayMs`, `error`, `code`      |
 * | `error` | after each call that failed    | `operation`, `attempts`, `error`, `code`                |
 *
 * Times are in milliseconds; `error` is the name of the error's class, `code` the `ErrorCode`.
 *
 * @example
 * ```ts
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "china", logger: pino(), logLevel: "info" });
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
    if (logLevels.indexOf(level) < logLevels.indexOf(lowest)) return;
    quietly(() =>
      pinoSymbol in logger ? logger[level]?.(fields as never, message as never) : logger[level]?.(message, fields),
    );
  };
}

/** Every pino logger has it. Called with the message first, pino writes no fields. */
const pinoSymbol = Symbol.for("pino.serializers");

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
