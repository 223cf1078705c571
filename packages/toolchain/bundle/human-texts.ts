import { escape } from "./pointer.ts";

/** Keys whose texts people read, wherever they are. */
const everywhere = ["title", "summary", "description", "x-displayName", "x-bound"];

/** Keys whose texts people read in one part of the document only. */
const within: Readonly<Record<string, readonly string[]>> = {
  "x-errors": ["message", "cause", "fix", "hint", "note"],
  "x-limits": ["unit"],
};

/** Keys with data of the API inside, and `x-enumDescriptions`, which decorator `known-error-codes` creates from the messages of the catalogue. */
const notRead = new Set(["const", "default", "enum", "example", "value", "x-enumDescriptions"]);

/** A text without words: code and name of a failure example, or the limit that `x-bound` points to. */
const onlyNames = /^(\d{5} [A-Z]\w+|x-limits\.\w+)$/;

/**
 * Returns every human text of a bundle by its JSON pointer, in the order of the document. Only this function defines what a translation has to cover.
 *
 * @example
 * humanTexts({ info: { title: "Groups", version: "1.0.0" } }); // Map { "/info/title" => "Groups" }
 */
export function humanTexts(document: object): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [part, content] of Object.entries(document)) {
    collect(content, `/${escape(part)}`, new Set([...everywhere, ...(within[part] ?? [])]), texts);
  }
  return texts;
}

function collect(node: unknown, pointer: string, keys: ReadonlySet<string>, texts: Map<string, string>): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (notRead.has(key)) continue;
    const at = `${pointer}/${escape(key)}`;
    if (typeof value === "string" && keys.has(key) && !onlyNames.test(value)) texts.set(at, value);
    else collect(value, at, keys, texts);
  }
}
