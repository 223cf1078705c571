import type { DescriptionBundle } from "./bundle.ts";
import type { ModelExport } from "./source.ts";

/** Returns the facts about each code that a program needs when it calls the service. It has no long text, and has facts that many codes share once. */
export function errorTable(bundle: DescriptionBundle): ModelExport[] {
  const entries = Object.values(bundle["x-errors"])
    .flat()
    .toSorted((one, other) => one.code - other.code);
  const unique = (all: readonly string[]): string[] => [...new Set(all)];
  const listed = (key: string): number => entries.filter(({ source }) => source.includes(key)).length;
  // Of several documents, the one that lists most codes. A few codes are in none that has an address.
  const urls = entries.map(({ source }) => {
    const [best] = source
      .filter((key) => bundle["x-documents"][key]?.url !== undefined)
      .toSorted((one, other) => listed(other) - listed(one));
    return (best !== undefined && bundle["x-documents"][best]?.url) || "";
  });
  const kinds = unique(entries.map(({ category, retry }) => `${category} ${retry}`));
  const documents = unique(urls);
  const rows = entries.map(
    ({ code, name, category, retry }, index) =>
      `${code} ${name} ${kinds.indexOf(`${category} ${retry}`)} ${documents.indexOf(urls[index]!)}`,
  );
  const some = (key: "hint" | "retryAfterSeconds"): object =>
    Object.fromEntries(entries.flatMap((entry) => (entry[key] ? [[entry.code, entry[key]]] : [])));
  return [
    {
      name: "errorKinds",
      doc: "The pairs of category and retry advice that occur.",
      value: kinds.map((kind) => kind.split(" ")),
      type: "readonly (readonly [ErrorCategory, RetryAdvice])[]",
    },
    {
      name: "errorDocuments",
      doc: "URLs of the documents that list the codes. A code that is in no document with an address has the empty one.",
      value: documents,
      type: "readonly string[]",
    },
    {
      name: "errorTable",
      doc: "Code, name, kind and document of each entry. As one text it is half as long, compressed, as a list of lists.",
      value: rows.join(";"),
      type: "string",
    },
    {
      name: "errorHints",
      doc: "The most likely cause, for codes that are known to mislead.",
      value: some("hint"),
      type: "Readonly<Record<number, string>>",
    },
    {
      name: "errorPauses",
      doc: "Seconds to wait before a repeated call, for codes that ask for a pause.",
      value: some("retryAfterSeconds"),
      type: "Readonly<Record<number, number>>",
    },
  ];
}
