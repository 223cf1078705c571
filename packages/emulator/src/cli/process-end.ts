/** When a command of the emulator closes: at a signal, and with the process that started it. */
import { watchForEnd } from "@contact-groups/core/process-end";
import type { Emulator } from "../emulator.ts";
import { printError } from "../terminal.ts";
import { messageOf } from "./values.ts";

/** What a command prints when it begins to close. */
export const closing = "Closing after the open calls. A second signal ends the process at once.";

/** What is done in addition to closing the emulator. */
interface EndOptions {
  readonly onClosing: () => void;
  readonly onClosed: () => void;
}

/**
 * Keeps the process alive until the first signal or the end of its parent, which close the emulator. A second signal ends the process at
 * once.
 */
export function closeAtEnd(emulator: Pick<Emulator, "close">, { onClosing, onClosed }: EndOptions): void {
  const onEnd = (): void => {
    onClosing();
    void emulator
      .close()
      .catch((error: unknown) => {
        printError(messageOf(error));
        process.exitCode = 1;
      })
      .then(() => {
        onClosed();
        process.exit(process.exitCode ?? 0);
      });
  };
  watchForEnd({ onEnd });
}
