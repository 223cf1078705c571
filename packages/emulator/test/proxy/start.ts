/** A proxy in front of a real server, for the length of a test. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ProxiedCall } from "../../src/proxy/forwarder.ts";
import { type Proxy, type ProxyOptions, startProxy } from "../../src/proxy/proxy.ts";
import { toSettings } from "../../src/settings.ts";
import { unknownApp } from "./service.ts";

export interface Started extends Proxy {
  readonly url: string;
  /** What the log has. */
  readonly calls: readonly ProxiedCall[];
  readonly errors: readonly string[];
}

/** Starts a proxy until the test ends. */
export async function proxyTo(origin: string, options: Partial<ProxyOptions> = {}): Promise<Started> {
  const calls: ProxiedCall[] = [];
  const errors: string[] = [];
  const proxy = await startProxy({
    origin,
    port: 0,
    host: "127.0.0.1",
    settings: toSettings(unknownApp),
    forwardAll: false,
    learn: false,
    timeoutMs: 60_000,
    onCall: (call) => calls.push(call),
    onError: (message) => errors.push(message),
    ...options,
  });
  onTestFinished(() => proxy.close());
  return { ...proxy, url: proxy.listener.url, calls, errors };
}

/** A request as a server received it. */
export interface Received {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly string[];
  readonly body: Buffer;
}

/** Starts an HTTP server that keeps what it received, until the test ends. */
export async function serverOf(
  respond: (outgoing: ServerResponse, received: Received) => void,
): Promise<{ readonly origin: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((incoming: IncomingMessage, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "", rawHeaders } = incoming;
      const one = { method, target: url, fields: rawHeaders, body: Buffer.concat(chunks) };
      received.push(one);
      respond(outgoing, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** Starts a server that does something with each connection once it has received bytes. */
export async function socketServerOf(serve: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>();
  const server = createSocketServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => serve(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends bytes, and returns everything that comes back until the other side closes. */
export function exchange(url: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    socket.once("end", () => resolve(text)).once("error", reject);
    socket.write(bytes);
  });
}

/** A folder for the length of a test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "emulator-proxy-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
