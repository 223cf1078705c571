/** The results of single conversations of a call that succeeded. */
import { count } from "@contact-groups/core/check";
import type { ResultItem } from "@contact-groups/openapi/bodies";
import { type CallFailure, errorNamed, explainFailure } from "./failure.ts";

/** What a response says about one conversation. */
export type ItemResult = Required<Pick<ResultItem, "ResultCode" | "ResultInfo">>;

/** A result that a fault gives to a conversation. */
export interface ItemFault {
  readonly result: ItemResult;
  /** Whether the conversation is added, removed or marked nevertheless. */
  readonly isRun: boolean;
}

/** The conversations of a call that fail because of a fault, by their places among all conversations of the request. */
export type ItemFaults = ReadonlyMap<number, ItemFault>;

const done: ItemResult = { ResultCode: 0, ResultInfo: "" };

/**
 * Runs what a call does with one of its conversations, unless a fault prevents it, and returns the result.
 *
 * @param index Place among all conversations of the request, from 0 on.
 * @param run Returns why the conversation fails; undefined when it was done.
 */
export function runItem(
  index: number,
  { itemFaults }: { readonly itemFaults: ItemFaults | undefined },
  run: () => CallFailure | undefined,
): ItemResult {
  const fault = itemFaults?.get(index);
  if (fault && !fault.isRun) return fault.result;
  const failure = run();
  if (fault) return fault.result;
  return failure ? { ResultCode: errorNamed(failure.error).code, ResultInfo: explainFailure(failure) } : done;
}

/** Returns how many conversations of a call succeeded, and how many failed: `2 conversations, 1 failed`. */
export function countResults(results: readonly Pick<ResultItem, "ResultCode">[]): string {
  const failed = results.filter(({ ResultCode }) => ResultCode !== 0).length;
  return `${count(results.length - failed, "conversation")}${failed > 0 ? `, ${failed} failed` : ""}`;
}
