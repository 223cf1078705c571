import { requestBodies, type OkBody, type OperationId } from "@contact-groups/openapi/model";
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
import { BatchError, ContactGroupsError, InvalidArgumentError } from "./errors.ts";
import { isKeyItself, itemKey, toPartialResult } from "./partial-failure.ts";
import { readList, readListAt } from "./response.ts";

/**
 * Calls an operation with a list of any length. Each item is sent once, in as many calls as needed; the response is in the order of the
 * request. An operation that reads is called `concurrency` times at once, any other one part after the other, so that its changes are made in
 * their order. A list that one call can hold is sent in one call, body and response unchanged.
 *
 * @param check Checks a list of any length before it is split. Its errors are thrown before anything is sent, and point into the whole list.
 * @throws `BatchError` if one of several parts fails.
 */
export async function sendParts<Operation extends OperationId>(
  send: Send,
  operation: Operation,
  body: object,
  init: BatchInit = {},
  check?: (body: object) => void,
): Promise<OkBody<Operation>> {
  const { batch, effect } = declared[operation] as DeclaredOperation & { readonly batch: Batch };
  const { concurrency = effect === "read" ? 4 : 1 } = init;
  if (effect !== "read" && concurrency > 1)
    throw new InvalidArgumentError(
      "concurrency",
      "1, since the parts are changes, which are made in their order",
      String(concurrency),
      {
        operation,
      },
    );
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0))
    throw new InvalidArgumentError("concurrency", "a positive integer", String(concurrency), { operation });
  const path = namesOn(batch.request);
  const list = valueAt(body, path);
  if (!Array.isArray(list)) return send(operation, body, init);

  const field = fieldAt(requestBodies[operation], path);
  const most = (field?.type === "array" && field.maxItems) || Infinity;
  const item = fieldAt(field, ["*"]);
  const keyOf = itemKey(item);
  const distinct = isKeyItself(item);
  const unique: unknown[] = [];
  const places = new Map<unknown, number>();
  const order = Array.from(list, (one: unknown, index) => {
    const key = (distinct ? keyOf(one) : undefined) ?? index;
    const place = places.get(key) ?? unique.push(one) - 1;
    places.set(key, place);
    return place;
  });
  if (unique.length === list.length && list.length <= most) return send(operation, body, init);
  check?.(body);

  const part = (index: number) => unique.slice(index * most, (index + 1) * most);
  const parts = Math.ceil(unique.length / most);
  const responses = Array.from<UntrustedObject | undefined>({ length: parts });
  let failure: { readonly error: unknown } | undefined;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < parts && !failure) {
      const index = next++;
      try {
        const response = await send(operation, withValueAt(body, path, part(index)) as object, init);
        readListAt(operation, response, batch.response, item?.type === "string");
        if (batch.names !== undefined) readList(operation, response, batch.names);
        responses[index] = response;
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, parts) }, work));

  const found = merge(batch, responses, (one) => places.get(keyOf(one)), order) as OkBody<Operation>;
  if (!failure) return found;
  const { error } = failure;
  if (parts === 1 || !(error instanceof ContactGroupsError)) throw error;
  const partial = declared[operation].itemResults ? toPartialResult(operation, found, body, false) : found;
  const missing = responses.flatMap((response, index) => (response ? [] : part(index)));
  throw new BatchError(operation as BatchOperation, error, partial as never, missing as never, unique.length);
}

/** Merges several responses: items in the order of the request, those that were not requested at the end, each name once. */
function merge(
  { response: list, names, namesBy }: Batch,
  responses: readonly (UntrustedObject | undefined)[],
  placeOf: (item: unknown) => number | undefined,
  order: readonly number[],
): UntrustedObject {
  const found: unknown[] = [];
  const more: unknown[] = [];
  const named = new Map<string, unknown>();
  const path = namesOn(list);
  for (const response of responses) {
    for (const item of (valueAt(response, path) ?? []) as readonly unknown[]) {
      const place = placeOf(item);
      if (place === undefined) more.push(item);
      else found[place] = item;
    }
    if (names === undefined) continue;
    for (const name of (response?.[names] ?? []) as readonly UntrustedObject[])
      named.set(namesBy === undefined ? JSON.stringify(name) : String(name[namesBy]), name);
  }
  const first = responses.find(Boolean) ?? { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
  const items = [...order.flatMap((place) => found[place] ?? []), ...more];
  return {
    ...(withValueAt(first, path, items) as UntrustedObject),
    ...(named.size > 0 && { [names!]: [...named.values()] }),
  };
}
