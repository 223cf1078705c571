/** Reads what a user has, with the caller's own credentials, before the user's first call. */
import { toInteger } from "@contact-groups/core/json";
import { type OperationId, operations, type RequestBody } from "@contact-groups/openapi/model";
import { isMembers } from "./differences.ts";
import { pageOf, type SeenPage } from "./learned-state.ts";
import { type ObservedCall, valueOf } from "./observed-call.ts";
import type { ForwardedRequest } from "@contact-groups/core/upstream";

/** Sends a call of the proxy itself. Returns the text of its response; undefined when there was none. */
type SendOwn = (request: ForwardedRequest, signal: AbortSignal) => Promise<string | undefined>;

/** A user's pages are not read any further than this. */
const mostPages = 200;

const [path = "", start = ""] = Object.values(operations).flatMap((operation) =>
  "paging" in operation ? [operation.path, operation.paging.start] : [],
);

/** Makes the state of users known. */
export interface Learner {
  /** Reads all pages of a call's user, unless that was tried in vain. Several calls of a user wait for the same reading. */
  learn(call: ObservedCall, target: string): Promise<void>;
}

/**
 * Creates a learner. It only reads.
 *
 * @param isKnown Returns whether the state of a call's user is known, as far as all responses so far were compared.
 */
export function createLearner(send: SendOwn, isKnown: (call: ObservedCall) => Promise<boolean>): Learner {
  const reading = new Map<string, Promise<void>>();
  const inVain = new Set<string>();
  // The caller may leave, but other calls of the user wait for the same reading.
  const { signal } = new AbortController();

  const read = async (call: ObservedCall, userId: string, key: string, target: string): Promise<void> => {
    const query = target.includes("?") ? target.slice(target.indexOf("?")) : "";
    let from = 0;
    for (let pages = 0; pages < mostPages; pages++) {
      const user: Pick<RequestBody<OperationId>, "From_Account"> = { From_Account: userId };
      const body = Buffer.from(JSON.stringify({ ...user, [start]: from }));
      const fields = ["Content-Type", "application/json"];
      const text = await send({ method: "POST", target: `${path}${query}`, fields, body }, signal);
      const page = text === undefined ? undefined : succeededPage(text);
      if (!page || page.isLast || !(page.next > from)) break;
      from = page.next;
    }
    if (!(await isKnown(call))) inVain.add(key);
  };

  return {
    async learn(call, target) {
      const { app, user } = call;
      if (user === undefined) return;
      const key = `${app} ${user}`;
      const running = reading.get(key);
      if (running) return running;
      if (await isKnown(call)) {
        inVain.delete(key);
        return;
      }
      if (inVain.has(key)) return;
      const own = reading.get(key) ?? read(call, user, key, target).finally(() => reading.delete(key));
      reading.set(key, own);
      await own;
    },
  };
}

/** Returns the page of a response that succeeded. */
function succeededPage(text: string): SeenPage | undefined {
  const body = valueOf(text);
  return isMembers(body) && toInteger(body["ErrorCode"]) === 0 ? pageOf(body) : undefined;
}
