/** What verification reads of the model, by name and by code. */
import {
  descriptionVersion,
  documents as all,
  type ErrorEntry,
  requestChecks,
  servers,
} from "@contact-groups/openapi/model";
import { catalogue } from "../operations.ts";

export { descriptionVersion };

/** A document that facts were taken from. */
export interface SourceDocument {
  readonly title: string;
  readonly url?: string;
  readonly date: string;
}

export const documents: Readonly<Record<string, SourceDocument>> = all;

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
export function entryOf(code: number): ErrorEntry | undefined {
  return catalogue.find((it) => it.code === code);
}

/** A code with its name: `51010 TooManyConversationGroups`. */
export function sayCode(code: number): string {
  if (code === 0) return `0 ${success}`;
  return `${code} ${entryOf(code)?.name ?? "(not in the error catalogue)"}`;
}

/** The checks that a request passes before its operation, in their order. */
export const gateChecks: readonly { readonly check: string; readonly error: number }[] = Object.entries(
  requestChecks,
).map(([check, { error }]) => ({ check, error }));

/** The region when the host is one of the service's own. */
export function regionOf(url: URL): string | undefined {
  const hostOf = (text: string | undefined): string | undefined =>
    text !== undefined && URL.canParse(text) ? new URL(text).hostname : undefined;
  return servers.find((server) => [server.url, server.backupUrl].some((known) => hostOf(known) === url.hostname))
    ?.region;
}
