/** Text for a terminal. */
import type { Writable } from "node:stream";

/** Control characters, invisible characters, and those that change the direction of writing: a terminal acts on them instead of showing them. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Returns a line that a terminal shows as it is, with `?` for each control or format character. */
export function terminalLine(text: string): string {
  return text.replaceAll(unseen, "?");
}

/** Returns a text whose lines a terminal shows as they are. */
export function terminalLines(text: string): string {
  return text.split("\n").map(terminalLine).join("\n");
}

/** Returns JSON that a terminal shows as it is. It has the same value: control and format characters are escaped. */
export function terminalJson(value: unknown, space?: number): string {
  return escapeUnseen(JSON.stringify(value, undefined, space));
}

/** Returns the same JSON text with control and format characters escaped. Those between its values, which are line breaks and tabs, stay. */
export function escapeUnseen(json: string): string {
  return json.replaceAll(unseen, (found) => (/[\t\n\r]/.test(found) ? found : escape(found)));
}

/** Whether a text has none of these characters. */
export function isVisible(text: string): boolean {
  return text.search(unseen) < 0;
}

function escape(found: string): string {
  return found
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** Prints lines, all of one turn of the event loop at once. */
export interface Lines {
  /** Prints one line, with `?` for each character that a terminal would act on. */
  print(line: string): void;
  /** Prints the lines that wait, before the process ends. */
  flush(): void;
}

/** Creates a printer to a stream. */
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

/** Prints an error, with `?` for each character that a terminal would act on. */
export function printError(message: string): void {
  process.stderr.write(`${terminalLines(message)}\n`);
}
