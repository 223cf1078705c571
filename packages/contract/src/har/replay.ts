import { isDeepStrictEqual } from "node:util";
import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import type { Contract } from "../contract.ts";
import { createFetch } from "../fetch-adapter.ts";
import { listen, type Listener } from "../listen.ts";
import { checkCode } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import { readBody, route } from "../request-checks.ts";
import { jsonResponse, type Responder, failure, preflight } from "../response.ts";

interface ReplayOptions {
  /**
   * Time of the `Date` of each response.
   *
   * @default the machine's clock
   */
  readonly clock?: Pick<Clock, "now">;
}

/** Responds to requests from a recording. */
interface Replay {
  /** For the `fetch` option of a client. Throws what `fetch` throws for a call that was recorded without a response. */
  readonly fetch: Contract["fetch"];
  /** The same for a server. */
  readonly respond: Responder;
  /** The requests that no recorded call matched. */
  readonly unmatched: readonly { readonly operation: string | undefined; readonly body: unknown }[];
}

/**
 * Creates a `fetch` that replays recorded responses: a request gets the response to the recorded request of the same operation with the same
 * body. Several recorded responses are sent in their order; the last one is repeated.
 *
 * A request that was not recorded gets a failure in HTTP 200 whose `ErrorInfo` says so, because clients show that text.
 *
 * @param exchanges Recorded calls, for example those of a HAR file.
 * @param options The clock.
 * @returns The `fetch`, and the requests without a recorded response.
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

  const play: Responder = async (request) => {
    if (request.method === "OPTIONS") return preflight();
    const found = route(new URL(request.url).pathname, request.method);
    if ("rule" in found) return reject(undefined, undefined, found.message);
    const { operationId: operation } = found;
    const read = await readBody(request.body, null, Infinity);
    const body = read.kind === "json" ? read.value : undefined;
    const ofOperation = exchanges.filter((exchange) => exchange.operation === operation);
    const same = ofOperation.filter((exchange) => isDeepStrictEqual(exchange.request.body, body));
    const next = same.find((exchange) => !played.has(exchange)) ?? same.at(-1);
    if (!next) return reject(operation, body, missing(operation, ofOperation.length));
    played.add(next);
    const { status, body: recorded } = next.response;
    const response = jsonResponse(recorded === undefined ? "" : JSON.stringify(recorded));
    return status === undefined ? { ...response, reset: true } : { ...response, status };
  };

  function reject(operation: string | undefined, body: unknown, info: string): ReturnType<typeof jsonResponse> {
    unmatched.push({ operation, body });
    return jsonResponse(JSON.stringify(failure({ code: checkCode("body"), info })));
  }

  return { fetch: createFetch(play, clock), respond: play, unmatched };
}

function missing(operation: string, others: number): string {
  const rest = others === 0 ? "and no other call of this operation" : `but ${others} with other bodies`;
  return `The recording has no call of ${operation} with this body, ${rest}. Record it, or send a recorded body`;
}

interface ReplayServer extends Listener, Pick<Replay, "unmatched"> {}

interface ReplayServerOptions extends ReplayOptions {
  /**
   * TCP port to listen on; 0 selects a free one.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * Address to listen on. The default is reachable only from this machine.
   *
   * @default "127.0.0.1"
   */
  readonly host?: string;
}

/**
 * Serves recorded responses over HTTP, as `createReplay` chooses them. It does not keep its process alive.
 *
 * @param exchanges Recorded calls, for example those of a HAR file.
 * @param options Port, address and clock.
 * @returns The running server.
 * @throws {Error} Node's own error when it cannot listen.
 * @example
 * ```ts
 * const { exchanges } = await readHarFile("calls.har");
 * await using server = await startReplayServer(exchanges);
 * const client = createClient({ baseUrl: server.url, sdkAppId, identifier, userSig });
 * ```
 */
export async function startReplayServer(
  exchanges: readonly Exchange[],
  { port = 0, host = "127.0.0.1", clock = realClock }: ReplayServerOptions = {},
): Promise<ReplayServer> {
  const replay = createReplay(exchanges, { clock });
  return {
    unmatched: replay.unmatched,
    ...(await listen(replay.respond, { port, host, requestTimeoutMs: 10_000, clock })),
  };
}
