/** Providers and proxies in front of them, for the length of a test. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator } from "@contact-groups/emulator";
import { onTestFinished } from "vitest";
import { type ContractProxy, type ContractProxyOptions, startContractProxy } from "../../src/proxy/contract-proxy.ts";

/** Starts a proxy until the test ends. */
export async function proxyTo(
  upstream: string,
  options: Omit<ContractProxyOptions, "upstream"> = {},
): Promise<ContractProxy> {
  const proxy = await startContractProxy({ upstream, ...options });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** Starts an emulator that accepts every credential, until the test ends. Returns its URL. */
export async function emulatorUrl(): Promise<string> {
  const listener = await createEmulator({
    settings: { accounts: "lenient", userSig: "off", rateLimit: "off" },
  }).listen();
  onTestFinished(() => listener.close());
  return listener.url;
}

/** A request as a provider received it. */
export interface Received {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly string[];
  readonly body: string;
}

/** Starts a provider that keeps what it received, until the test ends. */
export async function providerOf(
  respond: (outgoing: ServerResponse, received: Received) => void,
  host = "127.0.0.1",
): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (incoming: IncomingMessage, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = "", url = "", rawHeaders } = incoming;
    const one = { method, target: url, fields: rawHeaders, body: Buffer.concat(chunks).toString() };
    received.push(one);
    respond(outgoing, one);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, received };
}

/** Sends JSON as the service does. */
export function sendJson(outgoing: ServerResponse, body: unknown): void {
  outgoing.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

/** A response of a call that succeeds without any conversation. */
export const emptyPage: Readonly<Record<string, unknown>> = {
  ActionStatus: "OK",
  ErrorCode: 0,
  ErrorInfo: "",
  ContactItem: [],
  CompleteFlag: 1,
  NextStartIndex: 0,
};
