import { constants } from "node:os";
import type { Emulator } from "../emulator.ts";

/** The longest that a timer can take, in milliseconds. */
const longestMs = 2 ** 31 - 1;

const signals = ["SIGINT", "SIGTERM"] as const;

/** Keeps the process alive until the first signal, which ends it in order, and the second at once. */
export function closeOnSignal(
  emulator: Pick<Emulator, "close">,
  { onClosing, onClosed }: { readonly onClosing: () => void; readonly onClosed: () => void },
): void {
  setInterval(() => undefined, longestMs);
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
