/** When a command ends by itself: at a signal, and with the process that started it. */
import { fstatSync, readFileSync, readlinkSync } from "node:fs";
import { constants } from "node:os";
import { isatty } from "node:tty";

/** Read at once: a parent that has ended before cannot be found out later. */
const startedBy = process.ppid;

/** Time between two looks at the parent, in milliseconds. */
const lookMs = 500;

/** Signals that ask a process to end. */
export type EndSignal = "SIGINT" | "SIGTERM";

const signals: readonly EndSignal[] = ["SIGINT", "SIGTERM"];

/** Returns the exit code of a process that a signal ended, as shells have it. */
export function signalCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** What happens at the end of the process. */
export interface EndOptions {
  /** Called once, at the first signal, or without one when the parent has ended. */
  readonly onEnd: (signal: EndSignal | undefined) => void;
  /** Called at a later signal, just before it ends the process at once. */
  readonly onSecondSignal?: () => void;
}

/**
 * Keeps the process alive until the first signal or the end of its parent. A later signal ends the process at once.
 *
 * @returns A function that stops this, so that the process can end.
 */
export function watchForEnd({ onEnd, onSecondSignal }: EndOptions): () => void {
  let isEnding = false;
  const end = (signal?: EndSignal): void => {
    if (isEnding) return;
    isEnding = true;
    onEnd(signal);
  };
  const receive = (signal: EndSignal): void => {
    if (!isEnding) return end(signal);
    onSecondSignal?.();
    process.exit(signalCode(signal));
  };
  for (const signal of signals) process.on(signal, receive);
  const isAlone = followParent();
  const look = setInterval(() => {
    if (isAlone?.()) end();
  }, lookMs);
  return () => {
    clearInterval(look);
    for (const signal of signals) process.off(signal, receive);
  };
}

/**
 * Returns a check whether the process that started this one has ended; undefined when this one goes on without it, as a service, the first
 * process of a container, or a command that was started in the background.
 *
 * A shell ends at a signal without its command, and npm passes signals on to a shell. When npm itself is killed, its shell goes on. So the
 * processes above are followed as well, where the system shows them.
 */
function followParent(): (() => boolean) | undefined {
  if (startedBy <= 1 || (!isRunByNpx() && isInputEmpty())) return undefined;
  const above: [pid: number, parent: number][] = [];
  let pid = startedBy;
  for (let parent = parentOf(pid); parent > 1 && belongsTo(pid, parent); parent = parentOf(pid)) {
    above.push([pid, parent]);
    pid = parent;
  }
  return () => process.ppid !== startedBy || above.some(([child, parent]) => parentOf(child) !== parent);
}

/**
 * Whether a process was started by its parent to wait for it: by npm, or with the same input, which a command in the background does not have.
 * A program that runs npm gives it an input of its own, such as a pipe.
 */
function belongsTo(pid: number, parent: number): boolean {
  if (isNpm(parent)) return true;
  const input = inputOf(pid);
  return input !== "" && input !== "/dev/null" && (isNpm(pid) || input === inputOf(parent));
}

/** Whether this is the command of an `npx` or `npm exec`, which does not put it in the background. */
function isRunByNpx(): boolean {
  return process.env["npm_command"] === "exec";
}

/** Whether the standard input is `/dev/null`, which shells give to a command with `&`, and `nohup` and services to theirs. */
function isInputEmpty(): boolean {
  try {
    return fstatSync(0).isCharacterDevice() && !isatty(0);
  } catch {
    return true;
  }
}

/** Returns the parent of another process; 0 where the system does not show it as a file, as Linux does. */
function parentOf(pid: number): number {
  // The name of the program is in brackets, and can have spaces and brackets itself.
  const [, parent] = /.*\) \S (\d+)/s.exec(readProcess(pid, "stat")) ?? [];
  return Number(parent ?? 0);
}

/** Whether a process is npm, which sets its title to `npm` and its arguments. */
function isNpm(pid: number): boolean {
  return /^npm\b/.test(readProcess(pid, "cmdline"));
}

function readProcess(pid: number, file: "stat" | "cmdline"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}

/** What the standard input of another process is; empty when that is not known. */
function inputOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/0`);
  } catch {
    return "";
  }
}
