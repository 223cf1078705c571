import { type ChildProcess, execFileSync, spawn, type StdioOptions } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signalProcess } from "@contact-groups/testing/signal-process";
import { describe, expect, onTestFinished, test } from "vitest";
import { shellWord } from "../../src/shell-word.ts";
import { emptyFolder, hasSignals } from "./run.ts";

const entry = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

/** A command that was started by a program. */
interface Started {
  /** The program. */
  readonly parent: ChildProcess;
  isServing(): Promise<boolean>;
}

interface StartOptions {
  readonly stdio?: StdioOptions;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program that starts the command, and waits until it serves.
 *
 * @param toProgram Returns the program and its arguments for a line of a shell that is the command.
 */
async function start(
  toProgram: (line: string) => readonly [string, ...(readonly string[])],
  { stdio = ["pipe", "ignore", "ignore"], env = {} }: StartOptions = {},
): Promise<Started> {
  const folder = emptyFolder();
  const [file, database] = [join(folder, "address"), join(folder, "state.sqlite")];
  const words = [process.execPath, entry, "--db", database, "--port", "0", "--quiet"];
  const [command, ...args] = toProgram(`${words.map(shellWord).join(" ")} > ${shellWord(file)}`);
  const parent = spawn(command, args, { cwd: folder, stdio, env: { PATH: process.env["PATH"], ...env } });
  onTestFinished(() => {
    parent.kill("SIGKILL");
    for (const pid of pidsWith(database)) signalProcess(pid, "SIGKILL");
  });
  const read = (): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  await expect.poll(read).toMatch(/^http:.*\n$/);
  const url = read().trim();
  const isServing = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/__emulator/health`)).ok;
    } catch {
      return false;
    }
  };
  expect(await isServing()).toBe(true);
  return { parent, isServing };
}

/** The processes with an argument. */
function pidsWith(argument: string): readonly number[] {
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  return lines.filter((text) => text.includes(`--db ${argument} `)).map((text) => Number.parseInt(text, 10));
}

/** The command looks twice a second whether its parent has ended. */
const waitForLooks = (): void => void execFileSync("sleep", ["1.6"]);

/** A shell that waits for the command, also where a shell would become its last command. */
const waiting = (line: string): readonly [string, ...string[]] => ["sh", "-c", `${line}; true`];
const background = (line: string): readonly [string, ...string[]] => ["sh", "-c", `${line} & wait`];

/** A program in the place of npm: with its name, it starts a shell that starts the command. */
function likeNpm(line: string): readonly [string, ...string[]] {
  const program = join(emptyFolder(), "npm.mjs");
  const args = JSON.stringify(waiting(line).slice(1));
  writeFileSync(
    program,
    `import { spawn } from "node:child_process";
    process.title = "npm exec contact-groups-emulator";
    spawn("sh", ${args}, { stdio: "inherit" });`,
  );
  return [process.execPath, program];
}

/** A program, such as a test, that starts another with pipes, as `spawn` does by default. */
function programThatRuns([command, ...args]: readonly [string, ...string[]]): readonly [string, ...string[]] {
  const words = [command, args].map((value) => JSON.stringify(value)).join();
  return [process.execPath, "-e", `require("node:child_process").spawn(${words})`];
}

const npx = { stdio: "ignore", env: { npm_command: "exec" } } as const;

describe.runIf(hasSignals)("the command closes in order", () => {
  test.each(["SIGTERM", "SIGKILL"] as const)("when %s ends the shell that started it", async (signal) => {
    const { parent, isServing } = await start(waiting);
    parent.kill(signal);
    await expect.poll(isServing).toBe(false);
  });

  test("when npx ends its shell, also without an input", async () => {
    const { parent, isServing } = await start(waiting, npx);
    parent.kill("SIGTERM");
    await expect.poll(isServing).toBe(false);
  });

  // Only Linux shows the processes above the parent.
  test.runIf(process.platform === "linux")("when npm is killed, while its shell goes on", async () => {
    const { parent, isServing } = await start(likeNpm, npx);
    parent.kill("SIGKILL");
    await expect.poll(isServing).toBe(false);
  });

  test.runIf(process.platform === "linux")("when the program that runs npm with pipes is killed", async () => {
    const { parent, isServing } = await start((line) => programThatRuns(likeNpm(line)), { ...npx, stdio: "pipe" });
    parent.kill("SIGKILL");
    await expect.poll(isServing).toBe(false);
  });

  test.runIf(process.platform === "linux")("when a shell above its shell is killed", async () => {
    const { parent, isServing } = await start((line) => waiting(`sh -c ${shellWord(`${line}; true`)}`));
    parent.kill("SIGKILL");
    await expect.poll(isServing).toBe(false);
  });
});

describe.runIf(hasSignals)("the command goes on without its parent", () => {
  test("when a shell started it in the background", async () => {
    const { parent, isServing } = await start(background);
    parent.kill("SIGKILL");
    waitForLooks();
    expect(await isServing()).toBe(true);
  });

  test("when it was started without an input, as a service is", async () => {
    const { parent, isServing } = await start(waiting, { stdio: "ignore" });
    parent.kill("SIGKILL");
    waitForLooks();
    expect(await isServing()).toBe(true);
  });

  test("when its parent had ended before", async () => {
    const { parent, isServing } = await start((line) => ["sh", "-c", `(${line} &) ; exec sleep 60`]);
    parent.kill("SIGKILL");
    waitForLooks();
    expect(await isServing()).toBe(true);
  });

  test("when a script of npx started it in the background", async () => {
    const { parent, isServing } = await start(
      (line) => waiting(`${likeNpm(line).map(shellWord).join(" ")} & wait`),
      npx,
    );
    parent.kill("SIGKILL");
    waitForLooks();
    expect(await isServing()).toBe(true);
  });
});
