/** Reads what a user has, with the caller's own credentials, before the user's first call. */
import { type OperationId, operations, type RequestBody } from "@contact-groups/openapi/model";
import { pageOf } from "./learned-state.ts";
import type { ObservedCall } from "./observed-call.ts";
import type { ForwardedRequest } from "./upstream.ts";

/** Sends a call of the proxy itself. Returns the text of its response; undefined when there was none. */
type SendOwn = (request: ForwardedRequest, signal: AbortSignal) => Promise<string | undefined>;

/** A user's pages are not read any further than this. */
const mostPages = 200;

const [path = "", start = ""] = Object.values(operations).flatMap((operation) =>
  "paging" in operation ? [operation.path, operation.paging.start] : [],
);

/**
 * Creates the function that reads all pages of a call's user. It reads only. Several calls of a user wait for the same reading, and one that
 * fails is not tried again before the next call.
 */
export function createLearner(
  send: SendOwn,
): (call: ObservedCall, target: string, signal: AbortSignal) => Promise<void> {
  const reading = new Map<string, Promise<void>>();

  const read = async (userId: string, target: string, signal: AbortSignal): Promise<void> => {
    const query = target.includes("?") ? target.slice(target.indexOf("?")) : "";
    let from = 0;
    for (let pages = 0; pages < mostPages; pages++) {
      const user: Pick<RequestBody<OperationId>, "From_Account"> = { From_Account: userId };
      const body = Buffer.from(JSON.stringify({ ...user, [start]: from }));
      const fields = ["Content-Type", "application/json"];
      const text = await send({ method: "POST", target: `${path}${query}`, fields, body }, signal);
      const page = text === undefined ? undefined : pageOf(valueOf(text));
      if (!page || page.isLast || !(page.next > from)) return;
      from = page.next;
    }
  };

  return (call, target, signal) => {
    const { app, user } = call;
    if (user === undefined) return Promise.resolve();
    const key = `${app} ${user}`;
    const running = reading.get(key) ?? read(user, target, signal).finally(() => reading.delete(key));
    reading.set(key, running);
    return running;
  };
}

function valueOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A failure has no page.
    return (value as { readonly ErrorCode?: unknown }).ErrorCode === 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
