/** What calls have in common: the same request, the same owner, the same time. */
import { type ApiOperation, appName, drawnNames, operations, ownerName, signatureName } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";

/** Parameters in which two attempts of one call differ. */
const ofAttempt: ReadonlySet<string> = new Set([...drawnNames, signatureName]);

/** Returns what two attempts of one call have in common. */
export function identity({ operation, request: { query, prefer, body } }: Exchange): string {
  const parameters = Object.entries(query).filter(([name]) => !ofAttempt.has(name));
  return JSON.stringify([operation, parameters, prefer, body]);
}

/** Returns the operation of a call. */
export function operationOf({ operation }: Exchange): ApiOperation | undefined {
  return operations.find(({ operationId }) => operationId === operation);
}

/** Returns when the response to a call was sent, in milliseconds since 1970. */
export function endOf({ startedAt, durationMs }: Exchange): number {
  return startedAt + durationMs;
}

/** Whether a call arrived before the response to an earlier one was sent. */
export function isConcurrent(before: Exchange, after: Exchange): boolean {
  return after.startedAt < endOf(before) || (after.overlaps?.includes(before.index) ?? false);
}

/** Whether a call of a kind arrived between two others. */
type Between = (kind: string, before: Exchange, after: Exchange) => boolean;

/** Returns a search in the calls of a recording, by what they are: with thousands of calls, each search must not look at all of them. */
function betweenIn(exchanges: readonly Exchange[], kindOf: (exchange: Exchange) => string | undefined): Between {
  const indexes = new Map<string, number[]>();
  for (const exchange of exchanges) {
    const kind = kindOf(exchange);
    if (kind === undefined) continue;
    const own = indexes.get(kind);
    if (own) own.push(exchange.index);
    else indexes.set(kind, [exchange.index]);
  }
  return (kind, before, after) => {
    const own = indexes.get(kind) ?? [];
    let low = 0;
    let high = own.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (own[middle]! <= before.index) low = middle + 1;
      else high = middle;
    }
    return (own[low] ?? Infinity) < after.index;
  };
}

/** Returns whether a write for the same user of the same app succeeded between two calls. */
export function writesIn(exchanges: readonly Exchange[]): (before: Exchange, after: Exchange) => boolean {
  const between = betweenIn(exchanges, (exchange) => {
    const operation = operationOf(exchange);
    const isWrite = operation !== undefined && operation.effect !== "read" && exchange.response.errorCode === 0;
    return isWrite ? ownerOf(exchange) : undefined;
  });
  return (before, after) => between(ownerOf(before), before, after);
}

/** Returns whether an operation that only reads was called between two calls. */
export function readsIn(exchanges: readonly Exchange[]): (before: Exchange, after: Exchange) => boolean {
  const between = betweenIn(exchanges, (exchange) => operationOf(exchange)?.effect);
  return (before, after) => between("read", before, after);
}

/** Returns the owner of the groups and marks that a call is about, of its app. */
export function ownerOf({ request: { query, body } }: Exchange): string {
  return JSON.stringify([query[appName], (Object(body) as Readonly<Record<string, unknown>>)[ownerName]]);
}
