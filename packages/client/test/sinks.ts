import { inspect } from "node:util";

/** Every way in which a value gets into a log. */
export function printed(value: unknown, depth = 0): string {
  const texts = [inspect(value, { depth: Infinity, showHidden: true, getters: true }), json(value)];
  // Not every object can be converted to text.
  if (!(typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null))
    texts.push(String(value));
  if (value instanceof Error && depth < 20)
    texts.push(value.name, value.message, value.stack ?? "", printed(value.cause, depth + 1));
  return texts.join("\n");
}

/** The ways in which a secret can be written. */
export function spellings(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    // A truncated text still shows enough of the secret.
    encodeURIComponent(secret).slice(0, 10),
    new URLSearchParams({ "": secret }).toString().slice(1),
    json(secret).slice(1, -1),
  ];
}

/** The secrets that a text shows, in any spelling. */
export function leaks(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap(spellings).filter((spelling) => text.includes(spelling));
}

function json(value: unknown): string {
  const seen = new Set<unknown>();
  const once = (_: string, part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return typeof part === "bigint" ? String(part) : part;
    return seen.has(part) ? "seen" : (seen.add(part), part);
  };
  return JSON.stringify(value, once) ?? "";
}
