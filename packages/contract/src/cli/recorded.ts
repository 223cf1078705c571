/** The calls that `check` and `coverage` read: of a file, of a folder, or of a program that they run. */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { realClock } from "@contact-groups/core/real-clock";
import { readHarFile } from "../har/read.ts";
import type { Exchange } from "../record/exchange.ts";
import { readRecordings, recordVariable } from "../record/folder.ts";
import { type EndedChild, runChild } from "./child.ts";
import { type Terminal, toNumber } from "./options.ts";

/** How old a recording may be, in minutes: it must be that of the run before. */
const defaultMaxAge = 60;

/** The option as commander parses it. */
export interface RecordedArguments {
  readonly maxAge: number;
}

/** Adds the option of a folder of recordings. */
export function addRecordedOptions(command: Command): Command {
  return command
    .option(
      "--max-age <minutes>",
      "how old the newest recording of a folder may be, so that an earlier run does not count",
      toNumber(0, Number.MAX_SAFE_INTEGER),
      defaultMaxAge,
    )
    .addHelpText(
      "after",
      `
A program after -- is run with a new folder in ${recordVariable}, and what it records there is read.`,
    );
}

/** What was read. */
export interface Recorded {
  /** A list for each recording: the calls of two callers are not one sequence. */
  readonly recordings: readonly (readonly Exchange[])[];
  /** All calls in the order of time. */
  readonly exchanges: readonly Exchange[];
  /** Entries of a HAR file that are no calls of this API. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly brokenLines: number;
  /** Why the recording does not count. */
  readonly stale: string | undefined;
  /** How the program ended. */
  readonly ended: EndedChild | undefined;
}

const nothing: Recorded = {
  recordings: [],
  exchanges: [],
  skipped: new Map(),
  brokenLines: 0,
  stale: undefined,
  ended: undefined,
};

/** Reads calls. Throws an `Error` when there is no path and no program, or the path cannot be read. */
export async function readRecorded(
  path: string | undefined,
  program: readonly string[],
  { maxAge }: RecordedArguments,
  terminal: Terminal,
): Promise<Recorded> {
  if ((path === undefined) === (program.length === 0))
    throw new Error("Give either a path, or a program after -- that records its calls.");
  if (path === undefined) return readProgram(program, terminal);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return readFolder(path, maxAge);
  const { exchanges, skipped } = await readHarFile(path);
  return { ...nothing, recordings: [exchanges], exchanges, skipped };
}

async function readProgram(program: readonly string[], terminal: Terminal): Promise<Recorded> {
  const folder = mkdtempSync(join(tmpdir(), "contact-groups-calls-"));
  try {
    const ended = await runChild(program, { [recordVariable]: folder }, terminal);
    return { ...readFolder(folder, Infinity), ended };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readFolder(folder: string, maxAge: number): Recorded {
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  if (files.length === 0) return nothing;
  const newest = Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
  const minutes = Math.floor((realClock.now() - newest) / 60_000);
  const stale =
    minutes > maxAge
      ? `The newest recording of ${folder} is ${minutes} minutes old, so it is not of the last run. Run the tests again, or allow it with --max-age ${minutes + 1}.`
      : undefined;
  const { exchanges, files: recordings, brokenLines } = readRecordings(folder);
  return { ...nothing, recordings, exchanges, brokenLines, stale };
}
