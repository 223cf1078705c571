/** The HTTP shell. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator, Listener, ListenOptions } from "../emulator.ts";
import { preflight, readRequest, toResponse } from "../fetch-face.ts";

/** Serves an emulator over HTTP. `emulator.listen` calls it. */
export async function listen(
  emulator: Emulator,
  { port = 0, host = "127.0.0.1", maxBodyBytes = 1024 * 1024 }: ListenOptions & { readonly maxBodyBytes?: number } = {},
): Promise<Listener> {
  const server = createServer((incoming, outgoing) => void answer(emulator, incoming, outgoing, maxBodyBytes));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const origin = address.family === "IPv6" ? `[${address.address}]` : host;
  return { url: `http://${origin}:${address.port}`, port: address.port, close: () => close(server) };
}

async function answer(
  emulator: Emulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  maxBodyBytes: number,
): Promise<void> {
  const response = await respond(emulator, incoming, maxBodyBytes);
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
}

async function respond(emulator: Emulator, incoming: IncomingMessage, maxBodyBytes: number): Promise<Response> {
  const { method = "GET", url: target = "/" } = incoming;
  if (method === "OPTIONS") return preflight();
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = new Request("http://emulator.test", { method: "POST", body: Buffer.concat(chunks) });
  const call = await emulator.core.prepare({ ...(await readRequest(body, maxBodyBytes)), method, target });
  return toResponse(emulator.core.answer(call));
}

function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
