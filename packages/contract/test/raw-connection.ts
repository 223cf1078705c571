/** Raw connections, for requests that no HTTP client sends. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { ContractServer } from "../src/index.ts";

/** The head of a POST with a body of this many bytes. */
export function head(url: URL, contentLength: number, method = "POST"): string {
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: ${contentLength}\r\n\r\n`;
}

export async function open(server: Pick<ContractServer, "port">): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** Returns everything that arrives until the server closes the connection. */
export async function untilClosed(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  // A connection that is reset is closed, too.
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("close", resolve));
  return text;
}

/** Returns the JSON body of a response. */
export function bodyOf(response: string): unknown {
  return JSON.parse(response.slice(response.indexOf("\r\n\r\n") + 4));
}
