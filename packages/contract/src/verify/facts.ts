/** What verification reads of the bundle beside what the contract server does. */
import { catalogue, description, type CatalogueEntry } from "../description.ts";

/** A document that facts were taken from. */
export interface SourceDocument {
  readonly title: string;
  readonly url?: string;
  readonly date: string;
}

interface Limit {
  readonly maximum: number;
  readonly "x-source": readonly string[];
}

interface Facts {
  readonly info: { readonly version: string };
  readonly servers: readonly { readonly url: string; readonly "x-region"?: string; readonly "x-backupUrl"?: string }[];
  readonly "x-limits": Readonly<Record<string, Limit>>;
  readonly "x-gate": readonly {
    readonly check: string;
    readonly error: number;
    readonly description: string;
    readonly "x-source": readonly string[];
  }[];
  readonly "x-documents": Readonly<Record<string, SourceDocument>>;
}

const facts = description as unknown as Facts;

export const documents: Facts["x-documents"] = facts["x-documents"];
export const limits: Facts["x-limits"] = facts["x-limits"];
export const gate: Facts["x-gate"] = facts["x-gate"];
export const descriptionVersion: string = facts.info.version;

/** Name that scenarios give to success, which is no entry of the catalogue. */
export const success = "OK";

/** The code of a name of the catalogue, or of `OK`. Throws a `RangeError` when there is none. */
export function codeOf(name: string): number {
  if (name === success) return 0;
  const entry = catalogue.find((it) => it.name === name);
  if (!entry) throw new RangeError(`The error catalogue has no entry called ${JSON.stringify(name)}.`);
  return entry.code;
}

/** The name of a code of the catalogue. Throws a `RangeError` when it has none. */
export function nameOf(code: number): string {
  const entry = entryOf(code);
  if (!entry) throw new RangeError(`The error catalogue has no code ${code}.`);
  return entry.name;
}

/** The entry of a code; undefined for 0 and for one that no document lists. */
export function entryOf(code: number): CatalogueEntry | undefined {
  return catalogue.find((it) => it.code === code);
}

/** A code with its name: `51010 TooManyConversationGroups`. */
export function sayCode(code: number): string {
  if (code === 0) return `0 ${success}`;
  return `${code} ${entryOf(code)?.name ?? "(not in the error catalogue)"}`;
}

/** The region when the host is one of the service's own. */
export function regionOf(url: URL): string | undefined {
  const hostOf = (text: string | undefined): string | undefined =>
    text !== undefined && URL.canParse(text) ? new URL(text).hostname : undefined;
  return facts.servers.find((server) =>
    [server.url, server["x-backupUrl"]].some((known) => hostOf(known) === url.hostname),
  )?.["x-region"];
}
