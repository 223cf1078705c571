/** Measures how much of the description was covered. What can be covered comes from the model, so a new code or example is included automatically. */
import { isDeepStrictEqual } from "node:util";
import type { ErrorEntry, Field } from "@contact-groups/openapi/model";
import { pageCallsOf } from "../judge/pagination-rules.ts";
import { catalogue, operations } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";

/** The index of any item of a list. */
const anyItem = "{n}";

/** What can be covered. */
export const dimensions = ["operations", "examples", "failures", "fields", "pages"] as const;

/**
 * `operations`: those with a response. `examples`: the description's examples of success. `failures`: the ways to retry after a failure, of
 * which each has many codes. `fields`: optional fields of the request, sent in a valid request. `pages`: one, several, the last, an empty one.
 */
export type Dimension = (typeof dimensions)[number];

/** Something that can be covered, and how often it was covered. */
interface Cell {
  /** Name of the example, way to retry, name of the code, pattern of a JSON pointer, or kind of page. */
  readonly name: string;
  readonly covered: number;
}

/** What calls covered of one operation. */
interface OperationCoverage extends Readonly<Record<CellDimension, readonly Cell[]>> {
  readonly operation: string;
  /** Calls with a complete response from the service. */
  readonly completed: number;
  /** The codes that the catalogue lists for the operation, as information: no minimum counts them. */
  readonly codes: readonly (Cell & { readonly code: number })[];
}

/** How many of the items were covered. */
interface Share {
  readonly covered: number;
  readonly total: number;
}

/** How much of the description was covered by calls. */
export interface Coverage {
  /** All calls of the recording. */
  readonly calls: number;
  /** Calls without a complete response from the service: a lost connection, a status of a proxy, cut-off JSON. They do not count. */
  readonly incomplete: number;
  /** Calls to paths without an operation. */
  readonly otherPaths: number;
  readonly totals: Readonly<Record<Dimension, Share>>;
  readonly operations: readonly OperationCoverage[];
  /** Codes that were received although the catalogue does not list them for the operation. */
  readonly unlisted: readonly { readonly operation: string; readonly code: number; readonly covered: number }[];
}

/**
 * Measures which responses of the service the code under test has received in a recording.
 *
 * Only complete responses count, not what a server could have sent. A response counts as an example when the server recorded its name, or when
 * its body equals the example.
 *
 * @param exchanges Recorded calls, in the order of time.
 * @returns The number of covered items of each operation, and the totals.
 * @example
 * ```ts
 * const { totals } = measureCoverage(exchanges);
 * console.log(`${totals.failures.covered} of ${totals.failures.total} ways to fail covered`);
 * ```
 */
export function measureCoverage(exchanges: readonly Exchange[]): Coverage {
  const measured = coverable.map((operation) => measureOperation(operation, exchanges));
  const known = exchanges.filter(({ operation }) => coverable.some(({ operationId }) => operationId === operation));
  const shares = cellDimensions.map((dimension) => [dimension, shareOf(measured.flatMap((one) => one[dimension]))]);
  return {
    calls: exchanges.length,
    incomplete: known.filter((exchange) => !isComplete(exchange)).length,
    otherPaths: exchanges.length - known.length,
    totals: {
      operations: { covered: measured.filter(({ completed }) => completed > 0).length, total: measured.length },
      ...(Object.fromEntries(shares) as Record<CellDimension, Share>),
    },
    operations: measured,
    unlisted: coverable.flatMap((operation) => unlistedCodes(operation, exchanges)),
  };
}

function measureOperation(operation: CoverableOperation, exchanges: readonly Exchange[]): OperationCoverage {
  const { operationId, examples, codes, isPaged } = operation;
  const completed = exchanges.filter((exchange) => exchange.operation === operationId && isComplete(exchange));
  const cell = (name: string, isCovered: (exchange: Exchange) => boolean): Cell => ({
    name,
    covered: completed.filter(isCovered).length,
  });
  const ways = [...new Set(codes.map(({ retry }) => retry))];
  const codesOf = (way: string): readonly number[] =>
    codes.filter(({ retry }) => retry === way).map(({ code }) => code);
  return {
    operation: operationId,
    completed: completed.length,
    examples: examples.map(({ name, value }) =>
      cell(name, ({ response }) =>
        response.example ? response.example === name : isDeepStrictEqual(response.body, value),
      ),
    ),
    failures: ways.map((way) => cell(way, ({ response }) => codesOf(way).includes(response.errorCode ?? 0))),
    fields: operation.optionalFields.map((pointer) =>
      cell(
        pointer,
        ({ request, violations }) => violations.every((it) => it.in !== "body") && isPresent(request.body, pointer),
      ),
    ),
    pages: isPaged ? [...pagesOf(completed)].map(([name, covered]) => ({ name, covered })) : [],
    codes: codes.map(({ code, name }) => ({ ...cell(name, ({ response }) => response.errorCode === code), code })),
  };
}

function isComplete({ response }: Exchange): boolean {
  return response.errorCode !== undefined;
}

function unlistedCodes({ operationId, codes }: CoverableOperation, exchanges: readonly Exchange[]) {
  const counts = new Map<number, number>();
  for (const { operation, response } of exchanges) {
    const code = response.errorCode;
    if (operation !== operationId || code === undefined || code === 0 || codes.some((it) => it.code === code)) continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, covered]) => ({ operation: operationId, code, covered }));
}

interface CoverableOperation {
  readonly operationId: string;
  /** Examples of successful responses. */
  readonly examples: readonly { readonly name: string; readonly value: unknown }[];
  /** Failures that the catalogue lists for the operation. */
  readonly codes: readonly ErrorEntry[];
  /** Patterns of JSON pointers: `/GroupContactItem/{n}/ContactItem`. */
  readonly optionalFields: readonly string[];
  readonly isPaged: boolean;
}

const coverable: readonly CoverableOperation[] = operations.map(({ operationId, successes, request, paging }) => ({
  operationId,
  examples: Object.entries(successes).map(([name, value]) => ({ name, value })),
  codes: catalogue.filter((entry) => entry.operations.includes(operationId)),
  optionalFields: optionalFields(request),
  isPaged: paging !== undefined,
}));

/**
 * Patterns of JSON pointers to the fields that a valid value may omit: `/GroupContactItem/{n}/ContactItem`. A field that only one
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

/** A list on one page; a page whose next page was requested; the last of several; a page without conversations. */
export type PageKind = "one page" | "several pages" | "last page" | "empty page";

const kinds: readonly PageKind[] = ["one page", "several pages", "last page", "empty page"];

/** Counts the kinds of pages among the calls of paged operations, in the order of time. */
export function pagesOf(exchanges: readonly Exchange[]): ReadonlyMap<PageKind, number> {
  const counts = new Map(kinds.map((kind) => [kind, 0]));
  const count = (kind: PageKind): unknown => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const responses = new Map(exchanges.map(({ index, response }) => [index, response]));
  for (const pages of pageCallsOf(exchanges)) {
    /** Where the next pages begin, by the responses so far. */
    const expected = new Set<number>();
    for (const { exchange, paging, startIndex, result } of pages) {
      if (result === "failure" || result === "nothing") continue;
      const page = responses.get(exchange.index)?.body as Readonly<Record<string, unknown>> | undefined;
      const items = page?.[paging.items];
      const isEmpty = !Array.isArray(items) || items.length === 0;
      if (expected.delete(startIndex)) count("several pages");
      if (isEmpty) count("empty page");
      if (result !== "last page") expected.add(result.next);
      else if (startIndex > 0) count("last page");
      else if (!isEmpty) count("one page");
    }
  }
  return counts;
}

/** Returns a percentage, cut off after one decimal: 100 means all. */
export function percent({ covered, total }: Share): number {
  return total === 0 ? 100 : Math.floor((covered / total) * 1000) / 10;
}

export function shareOf(cells: readonly Cell[]): Share {
  return { covered: cells.filter(({ covered }) => covered > 0).length, total: cells.length };
}

type CellDimension = Exclude<Dimension, "operations">;

/** The dimensions that an operation has cells of, in the order of a report. */
export const cellDimensions: readonly CellDimension[] = dimensions.filter((dimension) => dimension !== "operations");

/** Minimum percentages of a run. */
export type Minimums = Partial<Readonly<Record<Dimension, number>>>;

/** Reports each dimension below its minimum: `failures: 75 % (18 of 24) were covered, but at least 100 % are required.` */
export function belowMinimum({ totals }: Coverage, minimums: Minimums): string[] {
  return (Object.entries(minimums) as [Dimension, number][])
    .filter(([dimension, least]) => percent(totals[dimension]) < least)
    .map(([dimension, least]) => {
      const share = totals[dimension];
      return `${dimension}: ${percent(share)} % (${share.covered} of ${share.total}) were covered, but at least ${least} % are required.`;
    });
}
