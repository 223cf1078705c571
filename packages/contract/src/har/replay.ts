import { isDeepStrictEqual } from "node:util";
import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import type { Contract } from "../contract.ts";
import { createFetch } from "../fetch-adapter.ts";
import { listen, type Listener } from "../listen.ts";
import { gateCode } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import { readBody, route } from "../request-checks.ts";
import { answer, type Answer, failure, preflight } from "../response.ts";

export interface ReplayOptions {
  /** Time of the `Date` of each response. The default is the machine's. */
  readonly clock?: Pick<Clock, "now">;
}

/** Answers requests from a recording. */
export interface Replay {
  /** Give it as `fetch` to a client. Throws what `fetch` throws for a call that was recorded without an answer. */
  readonly fetch: Contract["fetch"];
  /** The same for a server. */
  readonly answer: Answer;
  /** The requests that no recorded call matched. */
  readonly unmatched: readonly { readonly operation: string | undefined; readonly body: unknown }[];
}

/**
 * Plays recorded answers: a request gets the answer that the request of the same operation with the same body got. Where several were
 * recorded, they come in their order, and the last one from then on.
 *
 * A request that was not recorded gets a failure in HTTP 200 whose `ErrorInfo` says so, because that is the text that a client shows.
 *
 * @param exchanges Recorded calls, for example those of a HAR.
 * @example
 * ```ts
 * const { exchanges } = await readHarFile("calls.har");
 * const { fetch } = createReplay(exchanges);
 * const client = createClient({ fetch, baseUrl: "http://replay.invalid", sdkAppId, identifier, userSig });
 * ```
 */
export function createReplay(exchanges: readonly Exchange[], { clock = realClock }: ReplayOptions = {}): Replay {
  const played = new Set<Exchange>();
  const unmatched: { operation: string | undefined; body: unknown }[] = [];

  const play: Answer = async (request) => {
    if (request.method === "OPTIONS") return preflight();
    const found = route(new URL(request.url).pathname, request.method);
    if ("rule" in found) return refuse(undefined, undefined, found.text);
    const { operationId: operation } = found;
    const read = await readBody(request.body, null, Infinity);
    const body = read.kind === "json" ? read.value : undefined;
    const ofOperation = exchanges.filter((exchange) => exchange.operation === operation);
    const same = ofOperation.filter((exchange) => isDeepStrictEqual(exchange.request.body, body));
    const next = same.find((exchange) => !played.has(exchange)) ?? same.at(-1);
    if (!next) return refuse(operation, body, missing(operation, ofOperation.length));
    played.add(next);
    const { status, body: recorded } = next.answer;
    const delivery = answer(recorded === undefined ? "" : JSON.stringify(recorded));
    return status === undefined ? { ...delivery, reset: true } : { ...delivery, status };
  };

  function refuse(operation: string | undefined, body: unknown, info: string): ReturnType<typeof answer> {
    unmatched.push({ operation, body });
    return answer(JSON.stringify(failure({ code: gateCode("body"), info })));
  }

  return { fetch: createFetch(play, clock), answer: play, unmatched };
}

function missing(operation: string, others: number): string {
  const rest =
    others === 0 ? "and no other one of this operation" : `but ${others} of this operation with other bodies`;
  return `The recording has no call of ${operation} with this body, ${rest}. Record it, or send what was recorded`;
}

/** A replay with an address. */
export interface ReplayServer extends Listener, Pick<Replay, "unmatched"> {}

export interface ReplayServerOptions {
  /** TCP port to listen on. 0, the default, takes a free one. */
  readonly port?: number;
  /** Address to listen on. The default, `127.0.0.1`, is reachable from this machine only. */
  readonly host?: string;
  /** Time of the `Date` of each response. The default is the machine's. */
  readonly clock?: Pick<Clock, "now">;
}

/**
 * Serves recorded answers over HTTP, as `createReplay` chooses them. It does not keep its process alive.
 *
 * @example
 * ```ts
 * const { exchanges } = await readHarFile("calls.har");
 * await using server = await startReplayServer(exchanges);
 * const client = createClient({ baseUrl: server.url, sdkAppId, identifier, userSig });
 * ```
 *
 * @throws Node's own error when it can't listen.
 */
export async function startReplayServer(
  exchanges: readonly Exchange[],
  { port = 0, host = "127.0.0.1", clock = realClock }: ReplayServerOptions = {},
): Promise<ReplayServer> {
  const replay = createReplay(exchanges, { clock });
  return {
    unmatched: replay.unmatched,
    ...(await listen(replay.answer, { port, host, requestTimeoutMs: 10_000, clock })),
  };
}
