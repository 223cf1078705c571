import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "@contact-groups/core/clock";
import type { Answer } from "./contract.ts";
import { datedResponse } from "./http-date.ts";
import { answerRequest, brokenRequestAnswerer } from "./node-http.ts";

/** Something that listens. */
export interface Listener {
  /** Origin, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends the open connections. Nothing is left running. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Time in milliseconds for a whole request to arrive, head and body. */
  readonly requestTimeoutMs: number;
  /** Time of the `Date` of each response. */
  readonly clock: Pick<Clock, "now">;
}

/** Serves answers over HTTP, for as long as something else keeps the process alive. Rejects with Node's own error when it can't listen. */
export async function listen(answer: Answer, options: ListenOptions): Promise<Listener> {
  const { port, host, requestTimeoutMs, clock } = options;
  const limits = {
    ServerResponse: datedResponse(clock),
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // How often Node looks for requests that are over time.
    connectionsCheckingInterval: Math.min(1000, Math.ceil(requestTimeoutMs / 10)),
    keepAliveTimeout: 5000,
    maxHeaderSize: 16 * 1024,
  };
  const server = createServer(limits, (incoming, outgoing) => void answerRequest(answer, incoming, outgoing));
  server.on("clientError", brokenRequestAnswerer(requestTimeoutMs, clock));
  // A test that fails may never come to close(), and must end all the same.
  server.unref().on("connection", (socket) => socket.unref());
  await start(server, port, host);
  const address = server.address() as AddressInfo;
  const origin = address.family === "IPv6" ? `[${address.address}]` : host;
  const { port: taken } = address;
  const stop = (): Promise<void> => close(server);
  return { url: `http://${origin}:${taken}`, port: taken, close: stop, [Symbol.asyncDispose]: stop };
}

function start(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
