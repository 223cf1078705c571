/** The HTTP shell. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttpDate } from "@contact-groups/core/http-date";
import type { Emulator, Listener, ListenOptions } from "../emulator.ts";
import { closeServer } from "./close-server.ts";
import { trackConnections } from "./connections.ts";
import { createControlAside } from "./control-aside.ts";
import { datedResponse } from "./dated-response.ts";
import { defaultListenLimits } from "./listen-limits.ts";
import { refuseMalformed } from "./malformed.ts";
import { createShell } from "./shell.ts";

/** Serves an emulator over HTTP, for as long as something else keeps the process alive. `emulator.listen` calls it. */
export async function listen(
  emulator: Emulator,
  options: ListenOptions & { readonly maxBodyBytes?: number } = {},
): Promise<Listener> {
  const { port = 0, host = "127.0.0.1", maxBodyBytes = 1024 * 1024, controlHosts = [], controlOrigins = [] } = options;
  const limits = { ...defaultListenLimits, ...options.limits };
  const { lingerMs, unreadMs } = limits;
  const date = createHttpDate(emulator.clock);
  const server = createServer({
    ServerResponse: datedResponse(date),
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.ceil(Math.min(limits.headMs, limits.requestMs) / 10),
  });
  // An unread answer is the only thing that can make a connection stand still for so long.
  server.timeout = unreadMs;
  // Who has said all there is to say may close one side and still wait for answers. Node closes the other side at once otherwise.
  Object.assign(server, { httpAllowHalfOpen: true });

  // A test that fails may never come to close(), and must end all the same.
  server.unref().on("connection", (socket) => socket.unref());

  let closing: Promise<void> | undefined;
  const connections = trackConnections(server, limits.connections);
  const aside = createControlAside(emulator.control, { hosts: [host, ...controlHosts], origins: controlOrigins });
  const isClosing = (): boolean => closing !== undefined;
  const parts = { core: emulator.core, connections, maxBodyBytes, unreadMs, lingerMs, aside, isClosing };
  const shell = createShell(parts);
  server.on("request", (incoming, outgoing) => shell(incoming, outgoing));
  server.on("checkContinue", (incoming, outgoing) => shell(incoming, outgoing, true));
  server.on("clientError", refuseMalformed(connections, lingerMs, date));

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const close = (): Promise<void> => (closing ??= closeServer(server, limits.graceMs));
  return { ...addressOf(server, host), close, [Symbol.asyncDispose]: close };
}

function addressOf(server: Server, host: string): Pick<Listener, "url" | "address" | "port"> {
  const { address, family, port } = server.address() as AddressInfo;
  const name = loopbackOf[address] ?? (family === "IPv6" ? `[${address}]` : host);
  return { url: `http://${name}:${port}`, address, port };
}

/** Addresses that stand for all of the machine's. Nobody can connect to them, so a URL has another. */
const loopbackOf: Readonly<Partial<Record<string, string>>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
