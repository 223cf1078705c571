import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Names of hosts that programs in a network namespace look up, and their only way out: to the registry. */
export interface Names {
  /** Path of the socket that `namespace.ts` reports to and tunnels through. */
  readonly socket: string;
  /** Returns every name that was looked up or connected to since the last call, once. */
  take(): readonly string[];
  close(): Promise<void>;
}

/**
 * Listens on a Unix socket, which a network namespace does not cut off. A connection begins with one line: `LOOKUP name`, or the `CONNECT name:port`
 * of an HTTP proxy, which is let through if it leads to the registry.
 */
export async function recordNames(registry: URL): Promise<Names> {
  // Once, and not for each of the thousands of connections of an installation: they would wait for each other.
  const { address } = await lookup(registry.hostname);
  const folder = await mkdtemp(join(tmpdir(), "names-"));
  const names = new Set<string>();
  const server = createServer(async (client) => {
    client.on("error", () => client.destroy());
    const head = await firstLine(client);
    const [, verb, name = "", port] = /^(LOOKUP|CONNECT) ([^\s:]+)(?::(\d+))?/.exec(head) ?? [];
    if (head !== "") names.add(name === "" ? head : name);
    if (verb !== "CONNECT") client.end();
    else if (name !== registry.hostname) client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    else tunnel(client, address, Number(port));
  });
  const socket = join(folder, "socket");
  server.listen(socket);
  await once(server, "listening");
  return {
    socket,
    take() {
      const taken = [...names].toSorted();
      names.clear();
      return taken;
    },
    async close() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads up to the end of the first line, or of the whole head of an HTTP request. */
async function firstLine(client: Socket): Promise<string> {
  let head = "";
  for (;;) {
    const chunk: Buffer | null = client.read();
    if (chunk !== null) head += chunk.toString("latin1");
    if (head.startsWith("LOOKUP") ? head.includes("\n") : head.includes("\r\n\r\n"))
      return head.split(/\r?\n/)[0] ?? "";
    if (client.readableEnded || client.destroyed) return head;
    await Promise.race([once(client, "readable"), once(client, "end"), once(client, "close")]).catch(() => {});
  }
}

function tunnel(client: Socket, host: string, port: number): void {
  const upstream = connect(port, host, () => {
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    client.pipe(upstream).pipe(client);
  });
  upstream.on("error", () => client.destroy());
  client.on("close", () => upstream.destroy());
}
