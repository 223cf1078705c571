import { createEmulator } from "../create-emulator.ts";
import { checkOptions } from "../emulator-options.ts";
import type { Emulator, Listener } from "../emulator.ts";
import { createMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import { announce } from "./announce.ts";
import { callLine } from "./call-line.ts";
import { createLines } from "./lines.ts";
import { closeOnSignal } from "./close-on-signal.ts";
import { openDatabase } from "./database.ts";
import { checkServeOptions, toEmulatorOptions, toPort, type ServeOptions } from "./serve-options.ts";
import { printError } from "./print-error.ts";
import { messageOf, UsageError } from "./usage-error.ts";
import { keepYoungGeneration } from "./young-generation.ts";

/** Serves the emulator until a signal comes. */
export async function serve(options: ServeOptions): Promise<void> {
  const { json = false, quiet = false, memory = false, reseed = false } = options;
  checkServeOptions(options);
  const port = toPort(options.port);
  const lines = createLines(process.stdout);
  const emulatorOptions = toEmulatorOptions(options);
  const store = memory ? createMemoryStore() : await openDatabase(options.db);
  const isKept = !reseed && store.apps().length > 0;
  const emulator = make(store, () =>
    createEmulator({
      ...emulatorOptions,
      store,
      public: options.public === true,
      ...(!quiet && { onCall: (record) => lines.print(callLine(record, json)) }),
      onError: (error, callback) => printError(`The emulator's option ${callback} failed: ${messageOf(error)}`),
    }),
  );
  const listener = await listen(emulator, port, options);
  // Only now is it sure that no other emulator uses the same port, and most likely the same store.
  if (reseed) emulator.reset();

  const { apps } = checkOptions(emulatorOptions);
  const { settings } = emulator;
  const hasControl = emulator.control !== undefined;
  const [program = ""] = process.argv.slice(1);
  const command = [process.execPath, program];
  const announcement = { options, listener, apps, settings, store, isKept, hasControl, command };
  for (const line of announce(announcement)) lines.print(line);
  // After the start, which takes longer with a small one.
  keepYoungGeneration();
  closeOnSignal(emulator, {
    onClosing: () => quiet || lines.print(json ? JSON.stringify({ event: "closing" }) : closing),
    onClosed: lines.flush,
  });
}

const closing = "Closing. Open calls are answered first; a second signal ends at once.";

/** Makes the emulator. What is wrong with apps, settings or seed is said; the store is closed. */
function make(store: Store, create: () => Emulator): Emulator {
  try {
    return create();
  } catch (error) {
    store.close();
    throw new UsageError(messageOf(error), { cause: error });
  }
}

async function listen(emulator: Emulator, port: number, options: ServeOptions): Promise<Listener> {
  const { host, controlHost, controlOrigin } = options;
  try {
    return await emulator.listen({ port, host, controlHosts: controlHost, controlOrigins: controlOrigin });
  } catch (error) {
    await emulator.close();
    throw new UsageError(explain(error, host, port), { cause: error });
  }
}

function explain(error: unknown, host: string, port: number): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE":
      return `The port ${port} of ${host} is taken. Stop the program that listens there, or choose another one with --port.`;
    case "EACCES":
      return `The port ${port} of ${host} is not allowed for this user. Choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `This machine has no address ${host}. Choose another one with --host.`;
    default:
      return `The emulator cannot listen at ${host}:${port}: ${messageOf(error)}.`;
  }
}
