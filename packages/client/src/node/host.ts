import * as http from "node:http";
import * as https from "node:https";
import { urlToHttpOptions } from "node:url";

/** A host as `node:http` wants it, and the connections to it. */
export interface Host {
  readonly request: typeof http.request;
  /** What every request to the host has. */
  readonly options: http.RequestOptions;
  /** Value of the `Host` header. */
  readonly name: string;
  readonly agent: http.Agent;
}

/**
 * Opens no connection yet.
 *
 * @param origin Scheme, host and port.
 * @param maxSockets Connections at a time.
 * @param keepAliveMs Milliseconds that an idle connection stays open; less where the host announces less.
 */
export function hostAt(origin: string, maxSockets: number, keepAliveMs: number): Host {
  const url = new URL(origin);
  const { protocol, hostname, port } = urlToHttpOptions(url);
  const { Agent, request } = protocol === "https:" ? https : http;
  // The connection used last is the one that the other side is least likely to be closing, so it is taken first.
  const agent = new Agent({ keepAlive: true, maxSockets, timeout: keepAliveMs, scheduling: "lifo" });
  // The agent has a pool for each combination of options. Here there is one, so its name need not be put together per call.
  agent.getName = () => origin;
  return { request, options: { protocol, hostname, port, method: "POST", agent }, name: url.host, agent };
}
