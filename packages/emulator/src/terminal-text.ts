/** Control characters, and what is invisible or turns the direction of writing: a terminal would act on it instead of showing it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Returns a line that a terminal shows as it is, with `?` for each control or format character. */
export function terminalLine(text: string): string {
  return text.replaceAll(unseen, "?");
}

/** Returns several lines of that kind. */
export function terminalLines(text: string): string {
  return text.split("\n").map(terminalLine).join("\n");
}

/** Returns JSON that a terminal shows as it is. It has the same value: control and format characters are escaped. */
export function terminalJson(value: unknown, space?: number): string {
  return JSON.stringify(value, undefined, space).replaceAll(unseen, (found) =>
    found === "\n" ? found : escape(found),
  );
}

/** Says whether a text has none of these characters. */
export function isVisible(text: string): boolean {
  return text.search(unseen) < 0;
}

function escape(found: string): string {
  return found
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
