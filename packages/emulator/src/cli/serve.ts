import { clearInterval, setInterval } from "node:timers";
import { setFlagsFromString } from "node:v8";
import { announce, callLine } from "./announce.ts";
import { prepareHttps } from "./https.ts";
import { checkServeOptions, type ServeOptions, toEmulatorOptions } from "./options.ts";
import { closeAtEnd, closing } from "./process-end.ts";
import { exportStore, openDatabase } from "./state-files.ts";
import { isLinesFile, readLinesFile } from "./state-io.ts";
import type { FirstLines } from "../live-app.ts";
import { verifyPreset, writeAccounts } from "./verify-preset.ts";
import { createEmulatorOf, partsOf } from "../create-emulator.ts";
import { DocumentError } from "../document.ts";
import { checkOptions, type Emulator, type Listener, type TlsOptions } from "../emulator.ts";
import { createMemoryState } from "../store/memory.ts";
import { type StateStore, toStore } from "../store/store.ts";
import { createLines, type Lines, printError } from "../terminal.ts";
import { messageOf, readControlToken, toPort, UsageError } from "./values.ts";

/** Serves the emulator until a signal comes, or the process that started it has ended. */
export async function serve(options: ServeOptions): Promise<void> {
  const { json = false, quiet = false } = options;
  const [program = ""] = process.argv.slice(1);
  const lines = createLines(process.stdout);
  const emulator = await start(options, lines, [process.execPath, program]);
  // After the start, which takes longer with a small young generation.
  keepYoungGeneration();
  closeAtEnd(emulator, {
    onClosing: () => quiet || lines.print(json ? JSON.stringify({ event: "closing" }) : closing),
    onClosed: lines.flush,
  });
}

/**
 * Starts the emulator and prints where it listens.
 *
 * @param command Words that run this command, such as `node dist/cli.js`.
 */
export async function start(options: ServeOptions, lines: Lines, command: readonly string[]): Promise<Emulator> {
  const { json = false, quiet = false, memory = false, reseed = false } = options;
  checkServeOptions(options);
  const port = toPort(options.port);
  const { controlTokenEnv } = options;
  const controlToken = controlTokenEnv === undefined ? undefined : readControlToken(controlTokenEnv);
  const emulatorOptions = toEmulatorOptions(options);
  if (options.preset === verifyPreset) writeAccounts(options);
  const https = await prepareHttps(options);
  for (const warning of https?.warnings ?? []) printError(warning);
  const store = memory ? createMemoryState() : await openDatabase(options.db, options.dbWait);
  const isKept = !reseed && store.apps().length > 0;
  const firstLines = firstLinesOf(options);
  // A command that never serves writes nothing.
  let watching: NodeJS.Timeout | undefined;
  const emulator = create(
    store,
    () =>
      createEmulatorOf(
        {
          ...emulatorOptions,
          store: toStore(store),
          public: options.public === true,
          ...(!quiet && { onCall: (record) => lines.print(callLine(record, json)) }),
          onError: (error, callback) => printError(`The emulator's option ${callback} failed: ${messageOf(error)}`),
        },
        { firstLines, onStopped: async () => (watching ? stop(store, options, watching) : undefined) },
      ),
    placeOfSeed(options),
  );
  if (firstLines && !isKept && !reseed) await seedLines(emulator, placeOfSeed(options));
  const listener = await listen(emulator, { ...options, port, tls: https?.tls, controlToken });
  // Only now is it certain that no other emulator uses the same port, and most likely the same store.
  if (reseed) await seedLines(emulator, placeOfSeed(options));
  watching = watchPlace(store);

  const apps = checkOptions(emulatorOptions).apps.map((app) => ({
    ...app,
    settings: emulator.app(app.sdkAppId).settings,
  }));
  const hasControl = options.public !== true;
  const announcement = { options, listener, https, apps, store, isKept, hasControl, command };
  for (const line of announce(announcement)) lines.print(line);
  return emulator;
}

/** Returns how the first state is read, when it is in a file of lines. */
function firstLinesOf({ seed }: ServeOptions): FirstLines | undefined {
  return typeof seed === "string" && isLinesFile(seed) ? () => readLinesFile(seed, "--seed") : undefined;
}

/** Restores the first state. An invalid one is reported, and the emulator is closed. */
async function seedLines(emulator: Emulator, place: string): Promise<void> {
  try {
    await partsOf(emulator).whole.resetLater();
  } catch (error) {
    await emulator.close();
    const at = error instanceof DocumentError ? place : "";
    throw new UsageError(at + messageOf(error), { cause: error });
  }
}

/** Milliseconds between two checks of the place of the database. */
const checkMs = 1000;

/** Says once when the database is no longer where it was opened. */
function watchPlace(store: StateStore): NodeJS.Timeout {
  const timer = setInterval(() => {
    const why = whyLost(store);
    if (why === undefined) return;
    clearInterval(timer);
    printError(why);
  }, checkMs);
  return timer.unref();
}

/** Returns why nothing can be written; undefined when it can. */
function whyLost(store: StateStore): string | undefined {
  try {
    store.checkPlace?.();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Ends the work with a store after the last call: exports it, and says when it is lost. */
async function stop(store: StateStore, { exportOnExit }: ServeOptions, watching: NodeJS.Timeout): Promise<void> {
  clearInterval(watching);
  if (exportOnExit !== undefined) await exportStore(exportOnExit, store);
  const why = whyLost(store);
  if (why === undefined) return;
  printError(why);
  process.exitCode = 1;
}

/** Returns where the seed was given, for messages about it. */
function placeOfSeed({ seed, config }: ServeOptions): string {
  if (typeof seed === "string") return `--seed ${seed}: `;
  return config === undefined ? "" : `--config ${config}: seed: `;
}

/** Creates the emulator. Invalid apps, settings or seeds are reported, and the store is closed. */
function create(store: StateStore, run: () => Emulator, seedPlace: string): Emulator {
  try {
    return run();
  } catch (error) {
    store.close();
    const place = error instanceof DocumentError ? seedPlace : "";
    throw new UsageError(place + messageOf(error), { cause: error });
  }
}

/** What the options say of a listener, in the forms that it needs. */
interface Listening extends Pick<ServeOptions, "host" | "controlHost" | "controlOrigin"> {
  readonly port: number;
  readonly tls: TlsOptions | undefined;
  readonly controlToken: string | undefined;
}

async function listen(emulator: Emulator, options: Listening): Promise<Listener> {
  const { port, host, tls, controlHost: controlHosts, controlOrigin: controlOrigins, controlToken } = options;
  try {
    return await emulator.listen({
      port,
      host,
      tls,
      controlHosts,
      controlOrigins,
      controlToken,
      onTlsClient: once(() => printError(tlsClient)),
    });
  } catch (error) {
    await emulator.close();
    throw new UsageError(explainListenError(error, host, port), { cause: error });
  }
}

const tlsClient =
  "A client tried HTTPS, but HTTP is served here. Start with --https, or use a URL with http:// in the client.";

/** Returns a function that runs another one at its first call. */
function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}

/** Explains why a command cannot listen. */
export function explainListenError(error: unknown, host: string, port: number): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE":
      return `The port ${port} of ${host} is in use. Stop the program that listens there, or choose another port with --port.`;
    case "EACCES":
      return `This user is not allowed to listen at the port ${port} of ${host}. Choose a port above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `This machine has no address ${host}. Choose another address with --host.`;
    default:
      return `The command cannot listen at ${host}:${port}: ${messageOf(error)}.`;
  }
}

/**
 * Keeps V8's young generation as large as it is now. Under load it would grow to 64 MB, most of the memory of the command, although what a
 * call allocates is garbage as soon as the response is sent. V8 reads the factor each time it would grow, so it can be set while the program
 * runs.
 */
export function keepYoungGeneration(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
