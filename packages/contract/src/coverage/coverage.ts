/** What there is to cover: read from the model, so that a new code or example shows up by itself. */
import { isDeepStrictEqual } from "node:util";
import type { ErrorEntry, Field } from "@contact-groups/openapi/model";
import { pullsOf } from "../judge/pagination-rules.ts";
import { catalogue, operations } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";

/** Stands for the index of any item of a list. */
const anyItem = "{n}";

/** What can be covered. */
export const dimensions: readonly Dimension[] = ["operations", "examples", "codes", "fields", "pages"];

/**
 * `operations`: answered at all. `examples`: the answers of the description's examples of success. `codes`: the codes that the catalogue
 * lists for the operation. `fields`: optional fields of the request, sent in a good request. `pages`: one, several, the last, an empty one.
 */
export type Dimension = "operations" | "examples" | "codes" | "fields" | "pages";

/** Something that can be met, and how often it was. */
export interface Cell {
  /** Name of the example or of the catalogue's entry, pattern of a JSON pointer, or kind of page. */
  readonly name: string;
  /** `ErrorCode`; only cells of codes have it. */
  readonly code?: number;
  readonly met: number;
}

export interface OperationCoverage {
  readonly operation: string;
  /** Calls that got a whole answer of the service's. */
  readonly answered: number;
  readonly examples: readonly Cell[];
  readonly codes: readonly Cell[];
  readonly fields: readonly Cell[];
  readonly pages: readonly Cell[];
}

/** How many of the things that can be met were met. */
export interface Share {
  readonly met: number;
  readonly total: number;
}

export interface Coverage {
  /** All calls of the recording. */
  readonly calls: number;
  /** Calls that got no whole answer of the service's: a lost connection, a status of a proxy, cut-off JSON. They count for nothing. */
  readonly unanswered: number;
  /** Calls of no operation. */
  readonly elsewhere: number;
  readonly totals: Readonly<Record<Dimension, Share>>;
  readonly operations: readonly OperationCoverage[];
  /** Codes that were met although the catalogue does not list them for the operation. */
  readonly unlisted: readonly { readonly operation: string; readonly code: number; readonly met: number }[];
}

/**
 * Measures which answers of the service the code under test has met in a recording.
 *
 * It counts answers that arrived whole, not what a server could have sent. An answer counts as an example when the server says so or
 * when its body is that of the example.
 *
 * @param exchanges Recorded calls, in the order of time.
 * @example
 * ```ts
 * const { totals } = measureCoverage(exchanges);
 * console.log(`${totals.codes.met} of ${totals.codes.total} codes met`);
 * ```
 */
export function measureCoverage(exchanges: readonly Exchange[]): Coverage {
  const measured = coverable.map((operation) => measureOperation(operation, exchanges));
  const known = exchanges.filter(({ operation }) => coverable.some(({ operationId }) => operationId === operation));
  return {
    calls: exchanges.length,
    unanswered: known.filter((exchange) => !isAnswered(exchange)).length,
    elsewhere: exchanges.length - known.length,
    totals: {
      operations: { met: measured.filter(({ answered }) => answered > 0).length, total: measured.length },
      examples: shareOf(measured.flatMap(({ examples }) => examples)),
      codes: shareOf(measured.flatMap(({ codes }) => codes)),
      fields: shareOf(measured.flatMap(({ fields }) => fields)),
      pages: shareOf(measured.flatMap(({ pages }) => pages)),
    },
    operations: measured,
    unlisted: coverable.flatMap((operation) => unlistedCodes(operation, exchanges)),
  };
}

function measureOperation(operation: CoverableOperation, exchanges: readonly Exchange[]): OperationCoverage {
  const { operationId, examples, codes, isPaged } = operation;
  const answered = exchanges.filter((exchange) => exchange.operation === operationId && isAnswered(exchange));
  const cell = (name: string, isMet: (exchange: Exchange) => boolean): Cell => ({
    name,
    met: answered.filter(isMet).length,
  });
  const pages = isPaged ? pagesOf(answered) : new Map<PageKind, number>();
  return {
    operation: operationId,
    answered: answered.length,
    examples: examples.map(({ name, value }) =>
      cell(name, ({ answer }) => (answer.example ? answer.example === name : isDeepStrictEqual(answer.body, value))),
    ),
    codes: codes.map(({ code, name }) => ({ ...cell(name, ({ answer }) => answer.errorCode === code), code })),
    fields: operation.optionalFields.map((pointer) =>
      cell(
        pointer,
        ({ request, problems }) => problems.every((it) => it.in !== "body") && isPresent(request.body, pointer),
      ),
    ),
    pages: [...pages].map(([name, met]) => ({ name, met })),
  };
}

function isAnswered({ answer }: Exchange): boolean {
  return answer.errorCode !== undefined;
}

function unlistedCodes({ operationId, codes }: CoverableOperation, exchanges: readonly Exchange[]) {
  const counts = new Map<number, number>();
  for (const { operation, answer } of exchanges) {
    const code = answer.errorCode;
    if (operation !== operationId || code === undefined || code === 0 || codes.some((it) => it.code === code)) continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, met]) => ({ operation: operationId, code, met }));
}

export interface CoverableOperation {
  readonly operationId: string;
  /** Examples of answers of calls that succeed. */
  readonly examples: readonly { readonly name: string; readonly value: unknown }[];
  /** Failures that the catalogue lists for the operation. */
  readonly codes: readonly ErrorEntry[];
  /** Patterns of JSON pointers: `/GroupContactItem/{n}/ContactItem`. */
  readonly optionalFields: readonly string[];
  readonly isPaged: boolean;
}

export const coverable: readonly CoverableOperation[] = operations.map(
  ({ operationId, successes, request, paging }) => ({
    operationId,
    examples: Object.entries(successes).map(([name, value]) => ({ name, value })),
    codes: catalogue.filter((entry) => entry.operations.includes(operationId)),
    optionalFields: optionalFields(request),
    isPaged: paging !== undefined,
  }),
);

/**
 * Patterns of JSON pointers to the fields that a valid value may leave out: `/GroupContactItem/{n}/ContactItem`. A field that only one
 * kind of object requires is optional too.
 */
export function optionalFields(field: Field, pointer = ""): string[] {
  if (field.type === "array") return optionalFields(field.items, `${pointer}/${anyItem}`);
  const kinds = field.type === "union" ? field.alternatives : field.type === "object" ? [field] : [];
  const found = kinds.flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, inner]) => {
      const place = `${pointer}/${name}`;
      const isRequired = kinds.every(({ required }) => required.includes(name));
      return [...(isRequired ? [] : [place]), ...optionalFields(inner, place)];
    }),
  );
  return [...new Set(found)];
}

/** Whether a value has a field that a pattern names, in any item of the lists on the way. */
export function isPresent(value: unknown, pattern: string): boolean {
  const [, token, ...rest] = pattern.split("/");
  if (token === undefined) return true;
  const tail = rest.map((it) => `/${it}`).join("");
  if (token === anyItem) return Array.isArray(value) && value.some((item) => isPresent(item, tail));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return false;
  return isPresent((value as Record<string, unknown>)[token], tail);
}

/** A list on one page; a page with more to come, and the next one asked for; the last of several; one without conversations. */
export type PageKind = "one page" | "several pages" | "last page" | "empty page";

const kinds: readonly PageKind[] = ["one page", "several pages", "last page", "empty page"];

/** Counts the kinds of pages among the calls of paged operations, in the order of time. */
export function pagesOf(exchanges: readonly Exchange[]): ReadonlyMap<PageKind, number> {
  const counts = new Map(kinds.map((kind) => [kind, 0]));
  const count = (kind: PageKind): unknown => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const answers = new Map(exchanges.map(({ index, answer }) => [index, answer]));
  for (const pages of pullsOf(exchanges)) {
    /** Where the list goes on, by what the answers so far said. */
    const expected = new Set<number>();
    for (const { call, paging, startIndex, told } of pages) {
      if (told === "failure" || told === "nothing") continue;
      const page = answers.get(call)?.body as Readonly<Record<string, unknown>> | undefined;
      const items = page?.[paging.items];
      const isEmpty = !Array.isArray(items) || items.length === 0;
      if (expected.delete(startIndex)) count("several pages");
      if (isEmpty) count("empty page");
      if (told !== "last page") expected.add(told.next);
      else if (startIndex > 0) count("last page");
      else if (!isEmpty) count("one page");
    }
  }
  return counts;
}

/** Percentage, cut off after one decimal: 100 means all. With nothing to meet it is 100. */
export function percent({ met, total }: Share): number {
  return total === 0 ? 100 : Math.floor((met / total) * 1000) / 10;
}

export function shareOf(cells: readonly Cell[]): Share {
  return { met: cells.filter(({ met }) => met > 0).length, total: cells.length };
}

/** The dimensions that an operation has cells of, in the order of a report. */
export const cellDimensions: readonly Exclude<Dimension, "operations">[] = ["examples", "codes", "fields", "pages"];

/** Least percentages that a run has to reach. */
export type Minimums = Partial<Readonly<Record<Dimension, number>>>;

/** Says of each dimension below its minimum what was reached: `codes: 97.5 % of 161, at least 100 % is asked for`. */
export function belowMinimum({ totals }: Coverage, minimums: Minimums): string[] {
  return (Object.entries(minimums) as [Dimension, number][])
    .filter(([dimension, least]) => percent(totals[dimension]) < least)
    .map(([dimension, least]) => {
      const share = totals[dimension];
      return `${dimension}: ${percent(share)} % (${share.met} of ${share.total}) were met, but at least ${least} % are asked for.`;
    });
}
