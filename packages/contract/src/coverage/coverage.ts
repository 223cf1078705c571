import { isDeepStrictEqual } from "node:util";
import type { Exchange } from "../record/exchange.ts";
import { coverable, type CoverableOperation } from "./coverable.ts";
import { isPresent } from "./optional-fields.ts";
import { pagesOf, type PageKind } from "./pages.ts";
import { shareOf } from "./share.ts";

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
  const operations = coverable.map((operation) => measureOperation(operation, exchanges));
  const known = exchanges.filter(({ operation }) => coverable.some(({ operationId }) => operationId === operation));
  return {
    calls: exchanges.length,
    unanswered: known.filter((exchange) => !isAnswered(exchange)).length,
    elsewhere: exchanges.length - known.length,
    totals: {
      operations: { met: operations.filter(({ answered }) => answered > 0).length, total: operations.length },
      examples: shareOf(operations.flatMap(({ examples }) => examples)),
      codes: shareOf(operations.flatMap(({ codes }) => codes)),
      fields: shareOf(operations.flatMap(({ fields }) => fields)),
      pages: shareOf(operations.flatMap(({ pages }) => pages)),
    },
    operations,
    unlisted: coverable.flatMap((operation) => unlistedCodes(operation, exchanges)),
  };
}

function measureOperation(operation: CoverableOperation, exchanges: readonly Exchange[]): OperationCoverage {
  const { operationId, examples, codes, optionalFields, isPaged } = operation;
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
    fields: optionalFields.map((pointer) =>
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
