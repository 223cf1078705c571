/**
 * Sends a signal to a process, or with a negative number to a process group. A process that has ended is no error, since
 * one that a test found a moment ago may end by itself at any time.
 *
 * @param signal 0 only asks whether the process runs
 * @returns Whether it still ran
 * @throws Error if this user may not send it signals
 */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    // oxlint-disable-next-line no-restricted-properties -- This is its one place.
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
