import { constants } from "node:os";
import type { Emulator } from "../emulator.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

/** Ends the process in order at the first signal, and at once at the second. */
export function closeOnSignal(
  emulator: Pick<Emulator, "close">,
  { onClosing, onClosed }: { readonly onClosing: () => void; readonly onClosed: () => void },
): void {
  let isClosing = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (isClosing) process.exit(128 + constants.signals[signal]);
      isClosing = true;
      onClosing();
      void emulator.close().then(() => {
        onClosed();
        process.exit(0);
      });
    });
  }
}
