/** Entry `@contact-groups/client/node`: what is faster with modules of Node.js. */
import { createHmac } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import { urlToHttpOptions } from "node:url";
import { signedText, toFields, toUserSig, type SignUserSigOptions } from "@contact-groups/core/user-sig";
import { limits } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "./errors.ts";
import { exchange, type Host } from "./node-exchange.ts";
import type { Transport } from "./transport.ts";

/** Options of `nodeTransport`. */
export interface NodeTransportOptions {
  /**
   * Maximum number of connections to one host; further calls wait for one of them.
   *
   * @default Infinity, as with `fetch`
   */
  readonly maxSockets?: number | undefined;
  /**
   * Time that an idle connection is kept open, in milliseconds; less where the host announces less.
   *
   * @default 4000, as with `fetch`
   */
  readonly keepAliveMs?: number | undefined;
}

/** A transport with open connections. */
export interface NodeTransport extends Transport {
  /** Ends all connections; calls on them fail with a `NetworkError`. A later call opens a new one. */
  close(): void;
}

/**
 * Creates a transport for Node.js on keep-alive connections of `node:http` and `node:https`. It behaves as the one on `fetch`,
 * at less than half the cost. Idle connections do not keep the process alive. Proxies of the environment are not used.
 *
 * The host can close a connection at the moment when a call is sent on it. That call fails with a `NetworkError` like any
 * other that was cut off: an idempotent call is then retried, any other is not, because it may have run.
 *
 * @throws `InvalidArgumentError` if an option is out of its range.
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
    throw new InvalidArgumentError("keepAliveMs", "a number of milliseconds from 1 to 2147483647", String(keepAliveMs));

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

/**
 * Creates the same UserSig as `signUserSig`, synchronously and several times as fast: for a server that signs one for each of its users.
 *
 * @param options The app, the UserID, the key and the validity.
 * @returns Text of `[A-Za-z0-9*_-]`, which a URL can contain unchanged.
 * @throws `InvalidArgumentError` if an option is invalid. It shows neither key nor data.
 * @example
 * ```ts
 * import { signUserSigSync } from "@contact-groups/client/node";
 *
 * const userSig = signUserSigSync({ sdkAppId: 1400000000, identifier: "user15", secretKey });
 * ```
 * @see https://trtc.io/document/34456 UserSig, generation and verification, read on 2026-11-21
 */
export function signUserSigSync(options: SignUserSigOptions): string {
  const fields = toFields(options, limits.userSigValidity.maximum, InvalidArgumentError);
  const signature = createHmac("sha256", options.secretKey).update(signedText(fields)).digest();
  return toUserSig(fields, signature);
}

/** Creates what requests to a host need. It opens no connection yet. */
function hostAt(origin: string, maxSockets: number, keepAliveMs: number): Host {
  const url = new URL(origin);
  const { protocol, hostname, port } = urlToHttpOptions(url);
  const { Agent, request } = protocol === "https:" ? https : http;
  // The host is least likely to be closing the connection that was used last, so that one is taken first.
  const agent = new Agent({ keepAlive: true, maxSockets, timeout: keepAliveMs, scheduling: "lifo" });
  // The agent has a pool for each combination of options. Here there is one, so its name is not built for each call.
  agent.getName = () => origin;
  return { request, options: { protocol, hostname, port, method: "POST", agent }, name: url.host, agent };
}
