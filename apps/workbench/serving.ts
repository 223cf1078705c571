import getPort, { portNumbers } from "get-port";

const ctrlC = 3;

/** Returns the first free port of 127.0.0.1 from `preferred` on, and prints a line when `preferred` itself is taken. */
export async function freePort(server: string, preferred: number): Promise<number> {
  const port = await getPort({ host: "127.0.0.1", port: portNumbers(preferred, preferred + 100) });
  if (port !== preferred) console.log(`Port ${preferred} is taken: the ${server} uses ${port}.`);
  return port;
}

/** Calls `stop` once, on Ctrl-C, SIGINT or SIGTERM. The process then ends by itself, with exit code 0. */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const stopOnce = () => {
    // Ctrl-C reaches every process of the terminal, and a package manager may forward it once more.
    if (stopping) return;
    stopping = true;
    release();
    void stop();
  };
  const release = readCtrlC(stopOnce);
  process.on("SIGINT", stopOnce).on("SIGTERM", stopOnce);
}

/**
 * Under npx a SIGINT from the terminal ends the shells above this process with a code other than 0, however cleanly this process stops.
 * In raw mode Ctrl-C is a key like any other, and no signal is sent.
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
