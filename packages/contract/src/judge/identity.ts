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

/** Returns the calls that arrived between two others of a recording, which is in the order of its calls. */
export function between(before: Exchange, after: Exchange, exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.slice(placeAfter(before, exchanges), placeAfter(after, exchanges) - 1);
}

/** Returns the place after a call, by halving: a recording can have thousands. */
function placeAfter({ index }: Exchange, exchanges: readonly Exchange[]): number {
  let low = 0;
  let high = exchanges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (exchanges[middle]!.index <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a write for the same user of the same app succeeded between two calls. */
export function wasWritten(before: Exchange, after: Exchange, exchanges: readonly Exchange[]): boolean {
  return between(before, after, exchanges).some((exchange) => {
    const operation = operationOf(exchange);
    return (
      operation !== undefined &&
      operation.effect !== "read" &&
      exchange.response.errorCode === 0 &&
      exchange.request.query[appName] === before.request.query[appName] &&
      ownerOf(exchange) === ownerOf(before)
    );
  });
}

function ownerOf({ request: { body } }: Exchange): unknown {
  return (Object(body) as Readonly<Record<string, unknown>>)[ownerName];
}
