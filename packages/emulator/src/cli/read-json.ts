import { readFileSync } from "node:fs";
import { messageOf, UsageError } from "./usage-error.ts";

/** Reads a JSON document from a file, or from the standard input when the name is `-`. */
export function readJson(file: string, option: string): unknown {
  const text = readText(file, option);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The whole message can quote the document.
    const [place = ""] = / at position \d+(?: \(line \d+ column \d+\))?/.exec(messageOf(error)) ?? [];
    throw new UsageError(`${option} ${file} is not JSON: its syntax is wrong${place}.`, { cause: error });
  }
}

function readText(file: string, option: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be read: ${explainFileError(error)}.`, { cause: error });
  }
}

/** What is wrong with a file, in words. */
export function explainFileError(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return reasons[code] ?? messageOf(error);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "it is not allowed",
  EPERM: "it is not allowed",
  EISDIR: "it is a folder",
  EEXIST: "a part of its path is not a folder",
  ENOTDIR: "a part of its path is not a folder",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};
