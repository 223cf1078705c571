/** Sends a list of any length in parts, and merges their responses. */
import { requestBodies, type OperationId } from "@contact-groups/openapi/model";
import type { BatchInit, Send } from "./call-init.ts";
import {
  declared,
  fieldAt,
  namesOn,
  valueAt,
  withValueAt,
  type Batch,
  type BatchOperation,
  type DeclaredOperation,
  type UntrustedObject,
} from "./declared.ts";
import { ApiError, BatchError, ContactGroupsError, InvalidArgumentError } from "./errors.ts";
import { attach, describe, metadataOf, sumOf, type CallMetadata } from "./metadata.ts";
import { checkInit } from "./option-names.ts";
import { findFailures, isKeyItself, itemKey, type Failure, type ItemsResult } from "./partial-failure.ts";
import { fromResume, toResume, type Progress } from "./progress.ts";
import { readList, readListAt } from "./response.ts";

/** A part of the list that has a result: its response, or the failure of its only item. */
interface Part {
  /** Place of its first item. */
  readonly from: number;
  readonly response: UntrustedObject | undefined;
  /** Its failed items, with pointers into the whole list. */
  readonly failures: readonly Failure[];
}

/** Parts that may fail for reasons of their own while none succeeds. After them, the reason is taken to be common to all. */
const mostRefused = 4;

/**
 * Calls an operation with a list of any length. Each item is sent once, in as many calls as needed; the response is in the order of the
 * request. An operation that reads is called `concurrency` times at once, any other one part after the other, so that its changes are made in
 * their order.
 *
 * A part that is refused because of one item is halved until that item is alone: it becomes a failure, and the others have their results. Where an
 * operation reads, a part that fails for any other reason of its own does not stop the others.
 *
 * @param check Checks a list of any length before it is split. Its errors are thrown before anything is sent, and point into the whole list.
 * @throws `BatchError` if parts of the list have no result; the error of the first of them if no part has one.
 */
export async function sendParts(
  send: Send,
  operation: OperationId,
  body: object,
  init: BatchInit = {},
  check?: (body: object) => void,
): Promise<ItemsResult> {
  checkInit(init);
  const { batch, effect, itemResults } = declared[operation] as DeclaredOperation & { readonly batch: Batch };
  const reads = effect === "read";
  const { concurrency = reads ? 4 : 1 } = init;
  if (!reads && concurrency > 1)
    throw new InvalidArgumentError(
      "concurrency",
      "1, since the parts are changes, which are made in their order",
      String(concurrency),
      { operation },
    );
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0))
    throw new InvalidArgumentError("concurrency", "a positive integer", String(concurrency), { operation });
  const path = namesOn(batch.request);
  const value = valueAt(body, path);
  if (!Array.isArray(value) || (value.length === 0 && !reads))
    return findFailures(operation, await send(operation, body, init), body);
  const list: readonly unknown[] = value;

  const field = fieldAt(requestBodies[operation], path);
  const most = (field?.type === "array" && field.maxItems) || Infinity;
  const item = fieldAt(field, ["*"]);
  const keyOf = itemKey(item);
  const distinct = isKeyItself(item);
  const unique: unknown[] = [];
  const places = new Map<unknown, number>();
  /** The indexes in the list of each unique item. */
  const indexes: number[][] = [];
  for (const [index, one] of list.entries()) {
    const key = (distinct ? keyOf(one) : undefined) ?? index;
    const place = places.get(key) ?? unique.push(one) - 1;
    places.set(key, place);
    (indexes[place] ??= []).push(index);
  }
  const whole = unique.length === list.length && list.length <= most;
  if (!whole || list.length === 0) checkWhole();

  const settled = unique.map(() => false);
  const flips = init.resume === undefined ? [] : (fromResume(operation, body, init.resume) as number[]);
  for (let index = 0; index < flips.length; index += 2) settled.fill(true, flips[index], flips[index + 1]);
  const queue: (readonly [from: number, to: number])[] = [];
  for (let from = 0, to = 0; from < unique.length; from = to) {
    while (to < unique.length && to - from < most && !settled[to]) to++;
    if (to > from) queue.push([from, to]);
    else to++;
  }
  const callInit = queue.length > 1 ? { ...init, lane: init.lane ?? "bulk" } : init;
  const parts: Part[] = [];
  const calls: (CallMetadata | undefined)[] = [];
  const workers: Promise<void>[] = [];
  let active = 0;
  let refused = 0;
  let failure: { readonly error: unknown } | undefined;
  let stopped = false;
  let unreported: { readonly error: unknown } | undefined;
  const work = async (from: number, to: number): Promise<void> => {
    active++;
    try {
      const part =
        whole && to - from === list.length ? body : (withValueAt(body, path, unique.slice(from, to)) as object);
      const response: UntrustedObject = await send(operation, part, callInit);
      readListAt(operation, response, batch.response, item?.type === "string");
      if (batch.names !== undefined) readList(operation, response, batch.names);
      const failures = itemResults ? findFailures(operation, response, part).result.failures : [];
      calls.push(metadataOf(response));
      await finish(
        from,
        to,
        response,
        failures.flatMap((one) => pointersOf(one, from)),
      );
    } catch (error) {
      if (error instanceof ContactGroupsError) calls.push(metadataOf(error));
      if (!(error instanceof ApiError && batch.itemErrors?.includes(error.code))) {
        // The reason of the caller's signal and an error of a middleware are thrown as they are.
        if (!failure || !(error instanceof ContactGroupsError)) failure = { error };
        stopped ||= !reads || isCommon(error) || (parts.length === 0 && ++refused >= mostRefused);
      } else if (to - from > 1) {
        const middle = (from + to) >> 1;
        queue.unshift([from, middle], [middle, to]);
      } else {
        const { code: ResultCode, info: ResultInfo } = error;
        const one = { [path.at(-1)!]: unique[from], ResultCode, ResultInfo, pointer: `${batch.request}/0` };
        await finish(from, to, undefined, pointersOf(one, from));
      }
    }
    active--;
    next();
  };
  next();
  for (const worker of workers) await worker;
  if (unreported) throw unreported.error;

  parts.sort((one, other) => one.from - other.from);
  const found = { result: resultOf(parts), total: list.length } as ItemsResult;
  const total = sumOf(calls);
  attach(found.result, total && (() => total));
  if (!failure) return found;
  const { error } = failure;
  if (parts.length === 0 || !(error instanceof ContactGroupsError)) throw error;
  const missing = unique.filter((_, place) => !settled[place]);
  const resume = toResume(operation, body, flipsOf(settled));
  const incomplete = new BatchError(
    operation as BatchOperation,
    error,
    found.result as never,
    missing as never,
    unique.length,
    resume,
  );
  throw describe(incomplete, total);

  function next(): void {
    const free = stopped ? 0 : concurrency - active;
    for (const range of queue.splice(0, free)) workers.push(work(...range));
  }

  async function finish(
    from: number,
    to: number,
    response: UntrustedObject | undefined,
    failures: readonly Failure[],
  ): Promise<void> {
    const part = { from, response, failures };
    parts.push(part);
    settled.fill(true, from, to);
    if (!init.onProgress) return;
    const state = flipsOf(settled);
    const progress = {
      result: resultOf([part]),
      done: settled.filter(Boolean).length,
      total: unique.length,
      failed: parts.reduce((sum, one) => sum + one.failures.length, 0),
      get resume(): string {
        return toResume(operation, body, state);
      },
    };
    try {
      await init.onProgress(progress as object as Progress<never>);
    } catch (reason) {
      // A job that cannot keep what it was given must not go on.
      unreported ??= { error: reason };
      stopped = true;
    }
  }

  function resultOf(some: readonly Part[]): UntrustedObject {
    const result = merge(batch, some, (one) => indexes[places.get(keyOf(one)) ?? -1]);
    if (itemResults || batch.itemErrors) result["failures"] = some.flatMap(({ failures }) => failures);
    return result;
  }

  /** Returns a failure at each place of its item in the list; `from` is the place of the part that its pointer leads into. */
  function pointersOf(one: Failure, from: number): Failure[] {
    const [, index, rest] = /^\/(\d+)(.*)/.exec(one.pointer?.slice(batch.request.length) ?? "") ?? [];
    if (index === undefined) return [one];
    return indexes[from + Number(index)]!.map((at) => ({ ...one, pointer: `${batch.request}/${at}${rest}` }));
  }

  function checkWhole(): void {
    try {
      check?.(body);
    } catch (violation) {
      // An empty list that is only read has an empty result.
      const isOfList = violation instanceof InvalidArgumentError && violation.pointer === batch.request;
      if (list.length > 0 || !isOfList) throw violation;
    }
  }
}

/** Returns the places at which a list of flags changes, which begins with false. */
function flipsOf(flags: readonly boolean[]): number[] {
  const flips: number[] = [];
  for (const [place, flag] of flags.entries()) if (flag !== (flips.length % 2 === 1)) flips.push(place);
  return flips;
}

/** Returns whether the reason of a failed call is common to all parts: an outage, the credentials, the settings of the app, or the caller's signal. */
function isCommon(error: unknown): boolean {
  if (!(error instanceof ContactGroupsError) || error.retryable || ["network", "user-sig"].includes(error.kind))
    return true;
  return error instanceof ApiError && error.category !== undefined && error.category !== "request";
}

/** Merges several responses: items in the order of the request, those that were not requested at the end, each name once. */
function merge(
  { response: list, names, namesBy }: Batch,
  parts: readonly Part[],
  indexesOf: (item: unknown) => readonly number[] | undefined,
): Record<string, unknown> {
  const found: unknown[] = [];
  const more: unknown[] = [];
  const named = new Map<string, unknown>();
  const path = namesOn(list);
  for (const { response } of parts) {
    for (const item of (valueAt(response, path) ?? []) as readonly unknown[]) {
      const indexes = indexesOf(item);
      if (indexes === undefined) more.push(item);
      else for (const index of indexes) found[index] = item;
    }
    if (names === undefined) continue;
    for (const name of (response?.[names] ?? []) as readonly UntrustedObject[])
      named.set(namesBy === undefined ? JSON.stringify(name) : String(name[namesBy]), name);
  }
  const first = parts.find(({ response }) => response)?.response ?? { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
  // The conversations without a result have left holes.
  const items = [...found.filter(() => true), ...more];
  return {
    ...(withValueAt(first, path, items) as UntrustedObject),
    ...(named.size > 0 && { [names!]: [...named.values()] }),
  };
}
