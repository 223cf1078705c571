import { linkTo } from "../locales.ts";
import { linkContradictions } from "../reference/contradictions.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A one-line text of the description as HTML: code spans and links, which is all that these texts have. */
export function inlineMarkdown(text: string): string {
  return linkContradictions(text, linkTo)
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\[([^\]]+)\]\(((?:https?:|\/)[^)\s]+)\)/g, '<a href="$2">$1</a>');
}
