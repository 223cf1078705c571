import type { Writable } from "node:stream";
import { terminalLine } from "../terminal-text.ts";

/** Prints lines, all of one turn of the event loop at once. */
export interface Lines {
  /** Prints one line, with `?` for each character that a terminal would act on. */
  print(line: string): void;
  /** Prints what waits, before the process ends. */
  flush(): void;
}

/** Makes a printer to a stream. */
export function createLines(stream: Writable): Lines {
  let waiting: string[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    const text = `${waiting.join("\n")}\n`;
    waiting = [];
    stream.write(text);
  };
  return {
    print(line) {
      if (waiting.push(terminalLine(line)) === 1) setImmediate(flush);
    },
    flush,
  };
}
