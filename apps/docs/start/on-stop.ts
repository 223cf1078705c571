const ctrlC = 3;

/** Calls `stop` once, on Ctrl-C, SIGINT or SIGTERM. The process then ends by itself, with exit code 0. */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const stopOnce = () => {
    // Ctrl-C reaches every process of the terminal, and a package manager may pass it on once more.
    if (stopping) return;
    stopping = true;
    release();
    void stop();
  };
  const release = readCtrlC(stopOnce);
  process.on("SIGINT", stopOnce).on("SIGTERM", stopOnce);
}

/**
 * Under npx a SIGINT from the terminal ends the shells above this process with a code other than 0, however cleanly it stops
 * itself. In raw mode Ctrl-C is a key like any other and no signal is sent.
 */
function readCtrlC(pressed: () => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  stdin.setRawMode(true);
  stdin.on("data", (keys: Buffer) => {
    if (keys.includes(ctrlC)) pressed();
  });
  return () => {
    stdin.setRawMode(false);
    stdin.pause();
  };
}
