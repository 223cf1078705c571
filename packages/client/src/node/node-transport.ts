import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { Transport } from "../transport.ts";
import { exchange } from "./exchange.ts";
import { hostAt, type Host } from "./host.ts";

export interface NodeTransportOptions {
  /** Connections to one host at a time; further calls wait for one of them. Unlimited unless given, as with `fetch`. */
  readonly maxSockets?: number | undefined;
  /** Milliseconds that an idle connection is kept open, less if the host announces less. 4,000 unless given, as with `fetch`. */
  readonly keepAliveMs?: number | undefined;
}

/** A transport that holds connections. */
export interface NodeTransport extends Transport {
  /** Ends all connections; calls on them end in a `NetworkError`. A later call opens a new one. */
  close(): void;
}

/**
 * Makes a transport for Node.js on keep-alive connections of `node:http` and `node:https`. It behaves as the one on `fetch` does,
 * at less than half the cost. Idle connections do not keep the process alive. Proxies in the environment are not used.
 *
 * A connection can be closed by the host in the moment in which a call is sent on it. That call ends in a `NetworkError` like any
 * other that was cut off: a read is then repeated, a create is not, because it may have run.
 *
 * Throws an `InvalidArgumentError` if an option is out of range.
 *
 * @example
 * ```ts
 * import { createClient } from "@contact-groups/client";
 * import { nodeTransport } from "@contact-groups/client/node";
 *
 * const transport = nodeTransport({ maxSockets: 50 });
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "singapore", transport });
 * ```
 * @see https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpagent
 */
export function nodeTransport({ maxSockets = Infinity, keepAliveMs = 4000 }: NodeTransportOptions = {}): NodeTransport {
  if (!(maxSockets === Infinity || (Number.isSafeInteger(maxSockets) && maxSockets > 0)))
    throw new InvalidArgumentError("maxSockets", "a positive integer", String(maxSockets));
  // The longest time that a timer of Node.js can hold.
  if (!(Number.isSafeInteger(keepAliveMs) && keepAliveMs > 0 && keepAliveMs < 2 ** 31))
    throw new InvalidArgumentError("keepAliveMs", "milliseconds from 1 to 2147483647", String(keepAliveMs));

  const hosts = new Map<string, Host>();
  const hostOf = (origin: string): Host => {
    const host = hosts.get(origin) ?? hostAt(origin, maxSockets, keepAliveMs);
    hosts.set(origin, host);
    return host;
  };

  return Object.assign<Transport, Pick<NodeTransport, "close">>(
    (request) => {
      const path = request.url.indexOf("/", request.url.indexOf("://") + 3);
      return exchange(hostOf(request.url.slice(0, path)), request.url.slice(path), request);
    },
    {
      close() {
        for (const { agent } of hosts.values()) agent.destroy();
      },
    },
  );
}
