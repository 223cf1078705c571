/** Finds values that were not set, and became text: `undefined`, `[object Object]`. */
import { credentials } from "@contact-groups/openapi/model";
import { pointerTo } from "./json-pointer.ts";
import type { RecordedViolation } from "./record/exchange.ts";

/** What JavaScript, Python and Java write for a value that is not there or has no text. Nobody chooses such a name. */
const placeholders: ReadonlySet<string> = new Set(["undefined", "null", "NaN", "None", "nil"]);
/** An object that became text, and a template that was not filled in: `${user}`, `{{user}}`. */
const unfilled = /^\[object \w+\]$|\$\{[^{}]*\}|\{\{[^{}]*\}\}/;

function isPlaceholder(text: string): boolean {
  return placeholders.has(text) || unfilled.test(text);
}

/** Returns the credentials and the texts of a body that are a placeholder. The service may accept them, so no response depends on them. */
export function findPlaceholders(query: URLSearchParams, body: unknown): Omit<RecordedViolation, "code">[] {
  const ofQuery = credentials
    .filter((name) => isPlaceholder(query.get(name) ?? ""))
    .map((name) => violation("query", `/${name}`, `The query parameter ${name}`, query.get(name) ?? ""));
  return [...ofQuery, ...texts(body, "").map(([pointer, text]) => violation("body", pointer, pointer, text))];
}

/** No request of the description is nested deeper, but a body can be, without end. */
const deepest = 16;

function texts(value: unknown, pointer: string, depth = 0): [pointer: string, text: string][] {
  if (depth > deepest) return [];
  if (typeof value === "string") return isPlaceholder(value) ? [[pointer, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, pointer + pointerTo([name]), depth + 1));
}

function violation(
  place: "query" | "body",
  pointer: string,
  name: string,
  text: string,
): Omit<RecordedViolation, "code"> {
  const message = `${name || "The body"} must be a value, but is the text ${JSON.stringify(text)}`;
  return { in: place, pointer, rule: "placeholder", message };
}
