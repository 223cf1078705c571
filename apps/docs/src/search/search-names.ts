import type { Field, OperationId } from "@contact-groups/openapi/model";
import type { Lang } from "../locales.ts";
import { modelOf, type Operation, operations } from "../reference/model.ts";
import names from "./other-names.json" with { type: "json" };

const written: Readonly<Record<string, Readonly<Partial<Record<Lang, readonly string[]>>>>> = names;

/** Names of a page by the key of its metadata in the index. `search-worker.ts` says how much each weighs. */
export interface SearchNames {
  /** As code names an operation. */
  readonly names: readonly string[];
  /** Fields that are looked for here first. */
  readonly fields: readonly string[];
  /** What readers type although the page does not say it, of `other-names.json`. */
  readonly also: readonly string[];
  /** The title, cut into words as browsers cut it. */
  readonly words: readonly string[];
}

/**
 * Returns what finds a page, in addition to its text.
 *
 * @param page Path of the page without its language, such as `errors/51008`.
 */
export function searchNames(page: string, lang: Lang, title: string): SearchNames {
  const [folder, name = ""] = page.split("/");
  const model = modelOf(lang);
  const all = operations(model);
  const index = folder === "reference" ? all.findIndex(({ slug }) => slug === name) : -1;
  const operation = all[index];
  const also = written[page]?.[lang] ?? [];
  return {
    names: operation ? [operation.slug, operation.id, pascalCase(operation.id)] : [],
    fields: operation ? [...ownersOf(all)].filter(([, owner]) => owner === operation).map(([field]) => field) : [],
    also: [...new Set(also.flatMap((text) => [text, cut(text, lang)]))],
    words: lang === "en" ? [] : [cut(title, lang)],
  };
}

/** Cuts a text into words as the search does with what is typed: in Chinese and Japanese the index has its own way, which differs. */
function cut(text: string, lang: Lang): string {
  const segments = [...new Intl.Segmenter(lang, { granularity: "word" }).segment(text)];
  return segments
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
    .join(" ");
}

/** Returns the operation of each field: the first that sends it, or else the first that returns it. */
function ownersOf(all: readonly Operation[]): ReadonlyMap<string, Operation> {
  const owners = new Map<string, Operation>();
  const note = (operation: Operation, field: Field): void => {
    for (const name of namesIn(field)) if (!owners.has(name)) owners.set(name, operation);
  };
  for (const operation of all) note(operation, operation.request);
  for (const operation of all) note(operation, operation.ok);
  return owners;
}

function namesIn(field: Field): string[] {
  if (field.type === "object")
    return Object.entries(field.fields).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
  if (field.type === "array") return namesIn(field.items);
  return field.type === "union" ? field.alternatives.flatMap(namesIn) : [];
}

function pascalCase(id: OperationId): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}
