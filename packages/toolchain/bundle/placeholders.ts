import { escape, humanTexts } from "./human-texts.ts";
import type { Values } from "./values.ts";

/** A name in braces, or a number in braces, which stays as it is: `{limits.groupsPerUser}`, `{schemas.GroupName.maxBytes+1}`, `{100}`. */
export const placeholder: RegExp = /\{(?<name>[A-Za-z][\w-]*(?:\.[\w-]+)*)(?<next>\+1)?\}|\{(?<literal>\d[\d,]*)\}/g;

/**
 * The names in a text that are no placeholders, each as it is written there. In a code span only a name with a dot can be a placeholder: other words in
 * braces are part of the code.
 */
export function unknownPlaceholders(text: string, values: Values): { written: string; name: string }[] {
  const spans = [...text.matchAll(/`[^`]+`/g)].map(({ 0: span, index }) => [index, index + span.length] as const);
  return [...text.matchAll(placeholder)].flatMap(({ 0: written, index, groups }) => {
    const { name } = groups!;
    if (name === undefined || values.has(name)) return [];
    const inCode = spans.some(([start, end]) => index >= start && index < end);
    return inCode && !name.includes(".") ? [] : [{ written, name }];
  });
}

/**
 * A text with its placeholders filled in, as the language writes numbers.
 *
 * @example
 * fillText("Up to {limits.groupedConversations}.", new Map([["limits.groupedConversations", 1000]]), "en"); // "Up to 1,000."
 */
export function fillText(text: string, values: Values, language: string): string {
  return text.replaceAll(placeholder, (written: string, ...match: unknown[]) => {
    const { name, next, literal } = match.at(-1) as { name?: string; next?: string; literal?: string };
    if (literal !== undefined) return literal;
    const value = values.get(name!);
    return value === undefined ? written : new Intl.NumberFormat(language).format(value + (next === undefined ? 0 : 1));
  });
}

/**
 * A copy of a bundle with the placeholders of every human text filled in, and of what the decorators made from such texts. The `ErrorInfo` of an example
 * is what the service says, so it is as in English in every language.
 */
export function fill(document: object, values: Values, language: string): object {
  const texts = humanTexts(document);
  return walk(document, "", "") as object;

  function walk(node: unknown, pointer: string, holder: string): unknown {
    if (typeof node === "string") return texts.has(pointer) ? fillText(node, values, language) : node;
    if (Array.isArray(node)) return node.map((item, index) => walk(item, `${pointer}/${index}`, ""));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, inside]) => {
        if (typeof inside === "string" && holder === "x-enumDescriptions")
          return [key, fillText(inside, values, language)];
        if (typeof inside === "string" && holder === "value" && key === "ErrorInfo")
          return [key, fillText(inside, values, "en")];
        return [key, walk(inside, `${pointer}/${escape(key)}`, key)];
      }),
    );
  }
}
