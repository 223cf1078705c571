import type { Bundle, BundleError } from "./bundle.ts";
import { toSource, toUnion } from "./to-source.ts";

/**
 * Renders what the client itself has to know of each code. It is part of every program that calls the service, so it holds no long
 * text, and what many codes share is held once. The texts are in `error-catalogue.ts`.
 */
export function renderErrorTable(bundle: Bundle): string {
  const entries = Object.values(bundle["x-errors"])
    .flat()
    .toSorted((a, b) => a.code - b.code);
  const kinds = unique(entries.map(({ category, retry }) => `${category} ${retry}`));
  const documents = unique(entries.map((entry) => documentUrl(bundle, entries, entry)));
  const rows = entries.map((entry) => {
    const { code, name, category, retry } = entry;
    const kind = kinds.indexOf(`${category} ${retry}`);
    return `${code} ${name} ${kind} ${documents.indexOf(documentUrl(bundle, entries, entry))}`;
  });
  const pick = (field: "hint" | "retryAfterSeconds"): string =>
    toSource(Object.fromEntries(entries.flatMap((entry) => (entry[field] ? [[entry.code, entry[field]]] : []))));
  const union = (field: "category" | "retry"): string => toUnion(entries.map((entry) => entry[field]).toSorted());
  const operations = Object.values(bundle.paths).map(({ post }) => post.operationId);

  return `/** Where the cause of a failure lies. */
export type ErrorCategory = ${union("category")};

/** Whether a repeated call can succeed, and what must come first. */
export type RetryAdvice = ${union("retry")};

/** Codes that an operation can answer, as far as they are documented. */
export interface OperationErrorCodes {
${operations.map((id) => `  readonly ${id}: ${codesOf(entries, id)};\n`).join("")}}

/** The pairs of category and retry advice that occur. */
export const errorKinds: readonly (readonly [ErrorCategory, RetryAdvice])[] = ${toSource(kinds.map((kind) => kind.split(" ")))};

/** URLs of the documents that list the codes. A code that is in no document with an address has the empty one. */
export const errorDocuments: readonly string[] = ${toSource(documents)};

/** Code, name, kind and document of each entry. As one text it is half as long, compressed, as a list of lists. */
export const errorTable: string = ${JSON.stringify(rows.join(";"))};

/** The most likely cause, for codes that are known to mislead. */
export const errorHints: Readonly<Record<number, string>> = ${pick("hint")};

/** Seconds to wait before a repeated call, for codes that ask for a pause. */
export const errorPauses: Readonly<Record<number, number>> = ${pick("retryAfterSeconds")};
`;
}

/** Address of the document that lists a code; of several, the one that lists most codes. A few codes are in none that has an address. */
function documentUrl(bundle: Bundle, entries: readonly BundleError[], { source }: BundleError): string {
  const listed = (key: string): number => entries.filter((entry) => entry.source.includes(key)).length;
  const [best] = source
    .filter((key) => bundle["x-documents"][key]?.url !== undefined)
    .toSorted((a, b) => listed(b) - listed(a));
  return (best !== undefined && bundle["x-documents"][best]?.url) || "";
}

function codesOf(entries: readonly BundleError[], operation: string): string {
  return entries
    .filter(({ operations }) => operations.includes(operation))
    .map(({ code }) => code)
    .join(" | ");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
