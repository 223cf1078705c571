import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createContract } from "./contract.ts";
import { answerRequest, brokenRequestAnswerer } from "./node-http.ts";
import { loadPrism } from "./prism.ts";

export interface ContractServerOptions {
  /** TCP port to listen on. 0, the default, takes a free one. */
  readonly port?: number;
  /** Address to listen on. The default, `127.0.0.1`, is reachable from this machine only. */
  readonly host?: string;
  /** Largest body in bytes that is read. A larger one is refused and its connection closed. The default is 1 MiB. */
  readonly maxBodyBytes?: number;
  /**
   * Time in milliseconds for a whole request to arrive, head and body. A later one is refused and its connection closed. The default
   * is 10,000.
   */
  readonly requestTimeoutMs?: number;
}

export interface ContractServer {
  /** Origin of the server, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends the open connections. Nothing is left running. */
  close(): Promise<void>;
}

/**
 * Starts a server that answers as the description says: the examples of its operations for good requests, and the service's envelope
 * for bad ones, always with HTTP 200. It keeps no state.
 *
 * A `Prefer: example=NAME` header chooses the answer, even for a bad request; NAME is an example of the operation or any name of the error
 * catalogue. The `Prism-Verdict` response header says what Prism by itself makes of the request: `status` is the HTTP status it would have
 * answered. The header is absent when Prism was not asked: the body was too large, not JSON, or invalid and over 64 KiB.
 *
 * @example
 * ```ts
 * const server = await startContractServer();
 * const query = "sdkappid=1400000000&identifier=administrator&usersig=xxx&random=1&contenttype=json";
 * const response = await fetch(`${server.url}/v4/recentcontact/get_contact_group?${query}`, {
 *   method: "POST",
 *   body: JSON.stringify({ From_Account: "user_0001", StartIndex: 0 }),
 * });
 * console.log(await response.json());
 * await server.close();
 * ```
 *
 * @throws {RangeError} when a limit is not a positive integer; an `Error` with `code: "EADDRINUSE"` when the port is taken.
 * @see https://www.tencentcloud.com/ko/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export async function startContractServer(options: ContractServerOptions = {}): Promise<ContractServer> {
  const { port = 0, host = "127.0.0.1", maxBodyBytes = 1024 * 1024, requestTimeoutMs = 10_000 } = options;
  requirePositive({ maxBodyBytes, requestTimeoutMs });
  const contract = createContract(await loadPrism(), maxBodyBytes);
  const limits = {
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // How often Node looks for requests that are over time.
    connectionsCheckingInterval: Math.min(1000, Math.ceil(requestTimeoutMs / 10)),
    keepAliveTimeout: 5000,
    maxHeaderSize: 16 * 1024,
  };
  const server = createServer(limits, (incoming, outgoing) => void answerRequest(contract, incoming, outgoing));
  server.on("clientError", brokenRequestAnswerer(requestTimeoutMs));
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  const origin = address.family === "IPv6" ? `[${address.address}]` : host;
  return { url: `http://${origin}:${address.port}`, port: address.port, close: () => close(server) };
}

function listen(server: Server, port: number, host: string): Promise<void> {
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

function requirePositive(limits: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1) {
      throw new RangeError(`${name} must be an integer from 1 to ${2 ** 31 - 1}, but is ${value}.`);
    }
  }
}
