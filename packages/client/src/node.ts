/** Entry `@contact-groups/client/node`: what is faster with modules of Node.js. */
import { createHmac } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { urlToHttpOptions } from "node:url";
import { kind } from "@contact-groups/core/arguments";
import { signedText, toFields, toUserSig, type SignUserSigOptions } from "@contact-groups/core/user-sig";
import { limits } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "./errors.ts";
import { checkKeyOf } from "./preconditions.ts";
import { exchange, type Host } from "./node-exchange.ts";
import type { Transport } from "./transport.ts";

/** Options of `nodeTransport`. */
export interface NodeTransportOptions {
  /**
   * An `http.Agent` or `https.Agent` that opens and keeps the connections: through a proxy, or with certificates. Its own options apply instead of
   * `maxSockets` and `keepAliveMs`, and `close()` leaves it open.
   *
   * @default an agent for each host, which uses the proxy of the environment where Node.js itself does
   */
  readonly agent?: { getName(...options: never): string; destroy(): void } | undefined;
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
  /**
   * Time after which an idle connection is not used for a request that cannot be sent twice, in milliseconds; 0 for a new connection for each of
   * them, `Infinity` for none.
   *
   * @default 250
   */
  readonly freshMs?: number | undefined;
}

/** A transport with open connections. */
export interface NodeTransport extends Transport {
  /** Ends all connections; calls on them fail with a `NetworkError`. A later call opens a new one. */
  close(): void;
}

/**
 * Creates a transport for Node.js on keep-alive connections of `node:http` and `node:https`. It behaves as the one on `fetch`,
 * at about half the cost. Idle connections do not keep the process alive. Proxies of the environment are used where Node.js 24 or later is
 * started with `NODE_USE_ENV_PROXY=1`, as with `fetch`.
 *
 * A host can close an idle connection at the moment when a call is sent on it. That call fails with a `NetworkError`, and nothing says whether it
 * ran: an idempotent one is retried, any other is not. Such a call is therefore sent on a connection that is new or was idle for less than `freshMs`.
 * A connection is reused for no longer than `keepAliveMs`, or the host's `Keep-Alive: timeout` less one second.
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
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 HTTP Semantics, idempotent methods, 2022
 */
export function nodeTransport(options: NodeTransportOptions = {}): NodeTransport {
  const { agent: given, maxSockets = Infinity, keepAliveMs = 4000, freshMs = 250 } = options;
  if (given !== undefined && !(given instanceof http.Agent))
    throw new InvalidArgumentError("agent", "an http.Agent or https.Agent", kind(given));
  if (!(maxSockets === Infinity || (Number.isSafeInteger(maxSockets) && maxSockets > 0)))
    throw new InvalidArgumentError("maxSockets", "a positive integer", String(maxSockets));
  // The longest time that a timer of Node.js can hold.
  if (!(Number.isSafeInteger(keepAliveMs) && keepAliveMs > 0 && keepAliveMs < 2 ** 31))
    throw new InvalidArgumentError("keepAliveMs", "a number of milliseconds from 1 to 2147483647", String(keepAliveMs));

  if (!(freshMs >= 0))
    throw new InvalidArgumentError("freshMs", "a number of milliseconds, 0 or more", String(freshMs));

  const hosts = new Map<string, Host>();
  const hostOf = (origin: string): Host => {
    const host = hosts.get(origin) ?? hostAt(origin, given, { maxSockets, timeout: keepAliveMs }, freshMs);
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
        for (const { agent } of hosts.values()) if (agent !== given) agent.destroy();
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
  checkKeyOf(options);
  const fields = toFields(options, limits.userSigValidity.maximum, InvalidArgumentError);
  const signature = createHmac("sha256", options.secretKey).update(signedText(fields)).digest();
  return toUserSig(fields, signature);
}

/** Creates what requests to a host need. It opens no connection yet. */
function hostAt(origin: string, given: http.Agent | undefined, options: http.AgentOptions, freshMs: number): Host {
  const url = new URL(origin);
  const { protocol, hostname, port } = urlToHttpOptions(url);
  const { Agent, request, globalAgent } = protocol === "https:" ? https : http;
  // That of `NODE_USE_ENV_PROXY`, `--use-env-proxy` and `http.setGlobalProxyFromEnv`.
  const { proxyEnv } = (globalAgent as { options?: http.AgentOptions }).options ?? {};
  // The host is least likely to be closing the connection that was used last, so that one is taken first.
  const agent = given ?? new Agent({ keepAlive: true, ...options, scheduling: "lifo", proxyEnv });
  // The agent has a pool for each combination of options. Here there is one, so its name is not built for each call.
  if (!given) agent.getName = () => origin;
  const direct = !(given || proxyEnv);
  return {
    request,
    options: { protocol, hostname, port, method: "POST", agent },
    name: url.host,
    agent,
    direct,
    freshMs,
  };
}
