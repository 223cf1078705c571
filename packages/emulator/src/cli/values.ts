/** Values of the command line, and the errors about them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isTokenText, tokenForm } from "../control/token.ts";

/** Thrown for wrong input of the user. The message says what is wrong, where, and what to do. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UsageError";
  }
}

/** Returns the message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Folder of the files that the command creates by itself. */
export const stateFolder = ".contact-groups-emulator";

/** The default of `--db`. */
export const defaultDatabase: string = join(stateFolder, "state.sqlite");

/**
 * Creates `stateFolder`, unless it exists.
 *
 * @param option The option that needs it, for messages.
 */
export function createStateFolder(option: string): void {
  try {
    mkdirSync(stateFolder, { recursive: true });
    // It does not belong in a repository.
    writeFileSync(join(stateFolder, ".gitignore"), "*\n");
  } catch (error) {
    throw new UsageError(`The folder ${stateFolder} of ${option} cannot be created: ${explainFileError(error)}.`, {
      cause: error,
    });
  }
}

/** Returns an SDKAppID of the command line. */
export function toSdkAppId(text: string): number {
  const sdkAppId = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(sdkAppId) && sdkAppId > 0) return sdkAppId;
  throw new UsageError(
    `--app must be an SDKAppID, which is a positive integer such as 1400000000, but is ${JSON.stringify(text.slice(0, 20))}.`,
  );
}

/** Returns a port of the command line. */
export function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 to 65535, but is ${JSON.stringify(text.slice(0, 20))}.`);
}

/** Reads an app's key from an environment variable. */
export function readSecretKey(name: string, place: string): string {
  return readSecret(name, place, { what: "key", example: "SECRET_KEY", advice: "Set it to the app's key." });
}

/** Reads the token of the control API from an environment variable. */
export function readControlToken(name: string): string {
  const advice = "Set it to a text of your choice.";
  const token = readSecret(name, "--control-token-env", { what: "token", example: "CONTROL_TOKEN", advice });
  if (isTokenText(token)) return token;
  throw new UsageError(`The environment variable ${name} must have ${tokenForm}.`);
}

/** Reads an environment variable. A secret in place of its name is rejected and not shown: others can see a command line. */
function readSecret(
  name: string,
  place: string,
  { what, example, advice }: { readonly what: string; readonly example: string; readonly advice: string },
): string {
  if (!/^[A-Za-z_]\w{0,63}$/.test(name) || /^[0-9a-f]{32,}$/i.test(name))
    throw new UsageError(
      `${place} must be the name of an environment variable that holds the ${what}, such as ${example}, not the ${what}.`,
    );
  const secret = process.env[name];
  if (secret) return secret;
  throw new UsageError(`${place} names the environment variable ${name}, which is not set. ${advice}`);
}

/** Reads a JSON document from a file, or from the standard input when the name is `-`. */
export function readJson(file: string, option: string): unknown {
  // Some editors begin a file with a byte order mark.
  const text = readText(file, option).replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text);
  } catch (error) {
    // The whole message can quote the document.
    const [place = ""] = / at position \d+(?: \(line \d+ column \d+\))?/.exec(messageOf(error)) ?? [];
    throw new UsageError(`${option} ${file} is not JSON: its syntax is wrong${place}.`, { cause: error });
  }
}

/** Reads a text from a file, or from the standard input when the name is `-`. */
export function readText(file: string, option: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be read: ${explainFileError(error)}.`, { cause: error });
  }
}

/** Explains why a file cannot be used. */
export function explainFileError(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return reasons[code] ?? messageOf(error);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "this user is not allowed to use it",
  EPERM: "this user is not allowed to use it",
  EISDIR: "it is a folder",
  EEXIST: "a part of its path is not a folder",
  ENOTDIR: "a part of its path is not a folder",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};
