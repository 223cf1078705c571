import { execFile } from "node:child_process";
import { accessSync, constants, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { shellWord } from "../../src/shell-word.ts";
import { emptyFolder } from "./run.ts";

/** What a shell did with pasted lines. */
export interface Pasted {
  readonly output: string;
  readonly errors: string;
  /** What they left in the folder, which was empty. */
  readonly files: readonly string[];
}

interface PasteOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Uses the stand-in for curl, also where there is a curl. */
  readonly withoutCurl?: boolean;
}

/** The commands of an announcement, exactly as they were printed. */
export function commandsIn(text: string): readonly string[] {
  return text.split("\n").filter((line) => /^ {2}(?:curl |USERSIG=)/.test(line));
}

/** Pastes lines into a shell, with the machine's curl, or a stand-in where there is none. */
export async function paste(
  lines: readonly string[],
  { env, withoutCurl = false }: PasteOptions = {},
): Promise<Pasted> {
  const folder = emptyFolder();
  const path = process.env["PATH"] ?? "";
  const PATH = withoutCurl || !hasCurl(path) ? standIn() + delimiter + path : path;
  return new Promise((resolve) => {
    execFile("sh", ["-c", lines.join("\n")], { cwd: folder, env: { PATH, ...env } }, (_, output, errors) =>
      resolve({ output, errors, files: readdirSync(folder) }),
    );
  });
}

function hasCurl(path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, "curl"), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A folder with a program `curl` that knows the options that are printed. */
function standIn(): string {
  const folder = join(emptyFolder(), "bin");
  mkdirSync(folder);
  const program = [process.execPath, fileURLToPath(new URL("curl.ts", import.meta.url))].map(shellWord).join(" ");
  writeFileSync(join(folder, "curl"), `#!/bin/sh\nexec ${program} "$@"\n`, { mode: 0o755 });
  return folder;
}
