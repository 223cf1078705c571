import type { Clock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";
import { listen, type Listener } from "../listen.ts";
import type { Exchange } from "../record/exchange.ts";
import { createReplay, type Replay } from "./replay.ts";

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
  const { answer, unmatched } = createReplay(exchanges, { clock });
  return { unmatched, ...(await listen(answer, { port, host, requestTimeoutMs: 10_000, clock })) };
}
