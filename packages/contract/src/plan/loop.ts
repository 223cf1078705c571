/** Ends a loop of the code under test that reads a list for ever. */
import { type ApiOperation, checkCode } from "../operations.ts";
import { failure, type Plan } from "../response.ts";

/** How often the same page is requested in a row before it is a loop without an end. */
const mostRounds = 1000;

/** How many failures such a loop can ignore; then its connections break. */
const mostFailures = 20;

/** A request that is sent again later than this is not part of the same loop. */
const longestPauseMs = 1000;

/** Returns the response that ends a loop; undefined for every other request. */
type EndLoop = (operation: ApiOperation, body: unknown, now: number) => Plan | undefined;

/** Counts requests for the same page, with no other request in between. */
export function createLoopEnd(): EndLoop {
  let last = { key: "", at: 0, times: 0 };
  return (operation, body, now) => {
    const key = operation.paging ? `${operation.path} ${JSON.stringify(body)}` : "";
    const isAgain = key !== "" && key === last.key && now - last.at <= longestPauseMs;
    last = { key, at: now, times: isAgain ? last.times + 1 : 1 };
    const { times } = last;
    if (times <= mostRounds) return undefined;
    const info =
      `The same page was requested ${times} times in a row, so the loop has no end. ` +
      `Stop when ${operation.paging?.complete} is 1`;
    const content = { body: failure({ code: checkCode("body"), info }), example: undefined };
    return { content, reset: times > mostRounds + mostFailures, truncate: undefined, delayMs: 0, headers: {} };
  };
}
