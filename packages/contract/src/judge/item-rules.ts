/** Rules about the results of single items. */
import { isObject } from "@contact-groups/core/json";
import { errorCodes } from "@contact-groups/openapi/model";
import { docsOf, entryOf, sayCode } from "../operations.ts";
import { count } from "../report/words.ts";
import type { Exchange } from "../record/exchange.ts";
import { conversationOf, type ItemPlace, itemsAt, keyOf } from "./description-values.ts";
import { identity, operationOf, ownerOf } from "./identity.ts";
import { isRetry } from "./retry-rules.ts";
import type { JudgeRule, Violation } from "./violation.ts";

/** An item of a request that failed although the call succeeded. */
interface FailedItem extends ItemPlace {
  readonly code: number;
}

interface PartialFailure {
  readonly exchange: Exchange;
  readonly failed: readonly FailedItem[];
  readonly items: number;
}

/** Maximum number of partial failures of an owner that are remembered. */
const mostRemembered = 20;

/**
 * Reports a call after one with failed items that was sent again as a whole, or that sends an item again which must not be retried: the results of
 * the items were not read. Compares calls for one owner within one step of the test, at most 10 seconds apart.
 */
export const itemFailure: JudgeRule = (exchanges) => {
  const byOwner = new Map<string, readonly PartialFailure[]>();
  return exchanges.flatMap((exchange): Violation[] => {
    const owner = ownerOf(exchange);
    const before = (byOwner.get(owner) ?? []).filter((one) => isRetry(one.exchange, exchange));
    const own = partialFailureOf(exchange);
    byOwner.set(owner, [...before, ...(own ? [own] : [])].slice(-mostRemembered));
    if (exchange.violations.length > 0 || operationOf(exchange)?.effect === "read") return [];
    const again = before.findLast((one) => identity(one.exchange) === identity(exchange));
    const found = again ? wholeAgain(again, exchange) : before.map((one) => itemAgain(one, exchange)).find(Boolean);
    return found ? [found] : [];
  });
};

function partialFailureOf(exchange: Exchange): PartialFailure | undefined {
  const paths = operationOf(exchange)?.itemResults;
  if (!paths || exchange.violations.length > 0 || exchange.response.errorCode !== 0) return undefined;
  const items = itemsAt(exchange.request.body, paths.request);
  const results = itemsAt(exchange.response.body, paths.response);
  if (results.length !== items.length) return undefined;
  const failed = items.flatMap((item, index): FailedItem[] => {
    const { value } = results[index]!;
    const code = isObject(value) ? Number(value["ResultCode"] ?? 0) : 0;
    return code === 0 ? [] : [{ ...item, code }];
  });
  return failed.length > 0 ? { exchange, failed, items: items.length } : undefined;
}

function wholeAgain({ exchange: before, failed, items }: PartialFailure, exchange: Exchange): Violation | undefined {
  const isOver = failed.length < items || operationOf(before)?.effect === "create";
  const permanent = failed.find(({ code }) => entryOf(code)?.retry === "never");
  if (!isOver && !permanent) return undefined;
  const [first] = failed;
  const one = permanent ?? first!;
  const rest = failed.length > 1 ? ` (and ${count(failed.length - 1, "more item")})` : "";
  return violation(
    exchange,
    "",
    `The request repeats call ${before.index} as a whole, which succeeded but for ${one.pointer}: its ResultCode is ${sayCode(one.code)}${rest}`,
    permanent
      ? `Do not send this item again unchanged. ${entryOf(one.code)?.fix ?? ""}`.trim()
      : "Read the ResultCode of each item, and send only the items that failed again, with update_contact_group after a create.",
  );
}

function itemAgain({ exchange: before, failed }: PartialFailure, exchange: Exchange): Violation | undefined {
  const operation = operationOf(exchange);
  const items = operation?.itemResults ? itemsAt(exchange.request.body, operation.itemResults.request) : [];
  const isSame = before.operation === exchange.operation;
  for (const { value, code, pointer } of failed) {
    const entry = entryOf(code);
    if (entry?.retry !== "never" || (!isSame && code !== errorCodes.UserNotImported)) continue;
    const key = keyOf(isSame ? value : conversationOf(value));
    const found = items.find((item) => keyOf(isSame ? item.value : conversationOf(item.value)) === key);
    if (found)
      return violation(
        exchange,
        found.pointer,
        `${found.pointer} must not be sent unchanged, as ${pointer} of call ${before.index} failed with ResultCode ${sayCode(code)}`,
        `Read the ResultCode of each item before the next call. ${entry.fix}`,
      );
  }
  return undefined;
}

function violation({ index, operation }: Exchange, pointer: string, message: string, fix: string): Violation {
  return {
    side: "request",
    rule: "item-failure",
    call: index,
    operation,
    in: pointer === "" ? "sequence" : "body",
    pointer,
    message,
    fix,
    docs: docsOf(operation),
  };
}
