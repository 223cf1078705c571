import { Console } from "node:console";
import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import winston from "winston";
import type { Logger, LogLevel } from "../src/index.ts";
import { respondInTurn, clientOf, failed, okBody, rejection } from "./respond.ts";
import { createManualClock } from "./manual-clock.ts";

const page = { From_Account: "user15", StartIndex: 0 };

function recordingLogger(): { logger: Required<Logger>; lines: [string, string, object][] } {
  const lines: [string, string, object][] = [];
  const at = (level: string) => (message: string, fields: object) => void lines.push([level, message, fields]);
  return { lines, logger: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

/** What a call that is repeated once, and then one that fails, leave in the log. */
async function logged(logLevel?: LogLevel): Promise<[string, string, object][]> {
  const { logger, lines } = recordingLogger();
  await logTo(logger, logLevel);
  return lines;
}

async function logTo(logger: Logger, logLevel?: LogLevel): Promise<void> {
  const clock = createManualClock();
  const client = clientOf(respondInTurn(failed(60008), okBody, failed(51007)), {
    clock,
    logger,
    random: () => 2 ** 31,
    retry: { baseDelayMs: 100 },
    ...(logLevel && { logLevel }),
  });
  const call = client.getContactGroup(page);
  await clock.advance(10_000);
  await call;
  await rejection(client.getContactGroup(page));
}

test("logs attempts, retries and results, each at its level", async () => {
  const lines = await logged("debug");
  expect(lines.map(([level, message]) => [level, message.split(":")[0]])).toEqual([
    ["debug", "getContactGroup attempt 1 has ended"],
    ["warn", "getContactGroup failed with 60008 ServiceTimeout"],
    ["debug", "getContactGroup attempt 2 has ended"],
    ["info", "getContactGroup succeeded"],
    ["debug", "getContactGroup attempt 1 has ended"],
    ["error", "getContactGroup failed with 51007 ChatGroupUnavailable"],
  ]);
  expect(lines.map(([, , fields]) => fields)).toMatchObject([
    { operation: "getContactGroup", attempt: 1, status: 200, durationMs: 0, code: 60008 },
    { operation: "getContactGroup", attempt: 1, delayMs: 50, code: 60008, error: "TransientError" },
    { attempt: 2, code: undefined },
    { attempts: 2 },
    { attempt: 1, code: 51007 },
    { attempts: 1, code: 51007, error: "RequestError" },
  ]);
  expect(lines[1]?.[1]).toMatch(/ - retry in 50 ms$/);
});

test.each<[LogLevel | undefined, string[]]>([
  [undefined, ["warn", "error"]],
  ["info", ["warn", "info", "error"]],
  ["warn", ["warn", "error"]],
  ["error", ["error"]],
  ["off", []],
])("logs from the level %s on", async (level, levels) => {
  expect((await logged(level)).map(([at]) => at)).toEqual(levels);
});

const operation = "getContactGroup";
const attempt = { operation, waitedMs: 0, durationMs: 0, status: 200 };
/** What a logger for JSON writes. */
const entries = [
  { ...attempt, level: "debug", attempt: 1, code: 60008 },
  { level: "warn", operation, attempt: 1, delayMs: 50, error: "TransientError", code: 60008 },
  { ...attempt, level: "debug", attempt: 2 },
  { level: "info", operation, attempts: 2 },
  { ...attempt, level: "debug", attempt: 1, code: 51007 },
  { level: "error", operation, attempts: 1, error: "RequestError", code: 51007 },
];

/** A stream that keeps what is written to it. */
function recordingStream(): { stream: Writable; written: () => string } {
  const chunks: unknown[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, written: () => chunks.join("") };
}

test.each<[library: string, create: (stream: Writable) => Logger, messageKey: string]>([
  [
    "pino",
    (stream) =>
      pino({ level: "debug", base: null, timestamp: false, formatters: { level: (level) => ({ level }) } }, stream),
    "msg",
  ],
  [
    "a child of pino",
    (stream) =>
      pino(
        { level: "debug", base: null, timestamp: false, formatters: { level: (level) => ({ level }) } },
        stream,
      ).child({}),
    "msg",
  ],
  [
    "winston",
    (stream) => winston.createLogger({ level: "debug", transports: [new winston.transports.Stream({ stream })] }),
    "message",
  ],
])("%s writes the message and all fields", async (_, create, messageKey) => {
  const { stream, written } = recordingStream();
  await logTo(create(stream), "debug");
  const lines = written()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toEqual(
    entries.map((entry) => ({ ...entry, [messageKey]: expect.stringMatching(/^getContactGroup /) })),
  );
});

test("console writes the message and all fields", async () => {
  const { stream, written } = recordingStream();
  await logTo(new Console({ stdout: stream, stderr: stream, inspectOptions: { breakLength: Infinity } }), "debug");
  const lines = written().trim().split("\n");
  expect(lines).toHaveLength(entries.length);
  expect(lines[0]).toBe(
    "getContactGroup attempt 1 has ended { operation: 'getContactGroup', attempt: 1, waitedMs: 0, durationMs: 0, status: 200, code: 60008 }",
  );
});

test("calls the methods of a logger on the logger, and not those that are missing", async () => {
  const logger = {
    lines: [] as string[],
    info(message: string) {
      this.lines.push(message);
    },
  };
  await clientOf(respondInTurn(okBody), { logger, logLevel: "debug" }).getContactGroup(page);
  expect(logger.lines).toEqual(["getContactGroup succeeded"]);
});

test("an asynchronous logger that fails breaks nothing", async () => {
  const logger = { info: () => Promise.reject(new Error("disk full")) } as unknown as Logger;
  expect(await clientOf(respondInTurn(okBody), { logger, logLevel: "info" }).getContactGroup(page)).toEqual(okBody);
});

test("rejects an unknown level", () => {
  expect(() => clientOf(respondInTurn(okBody), { logLevel: "loud" as never })).toThrow(
    "logLevel must be one of debug, info, warn, error, off, but is a string",
  );
});
