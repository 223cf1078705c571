import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What is known about an open connection. */
export interface Connection {
  /** Whole requests that were not answered yet. */
  open: number;
  /** The answer of the last request; answers are sent in the order of the requests. */
  last: ServerResponse | undefined;
  /** That nothing more is read from it as requests. */
  refused: boolean;
}

/** The open connections of a server. */
export interface Connections {
  of(socket: Socket): Connection;
}

/**
 * Keeps track of a server's connections. One over the limit takes the place of the oldest that waits for its client, so that clients
 * that are slow, or silent, do not keep others out.
 */
export function trackConnections(server: Server, limit: number): Connections {
  const connections = new Map<Socket, Connection>();
  const of = (socket: Socket): Connection => {
    const known = connections.get(socket);
    if (known) return known;
    const connection: Connection = { open: 0, last: undefined, refused: false };
    if (socket.destroyed) return connection;
    connections.set(socket, connection);
    socket.once("close", () => connections.delete(socket));
    return connection;
  };

  server.on("connection", (socket: Socket) => {
    if (connections.size >= limit) (findWaiting(connections) ?? socket).destroy();
    of(socket);
  });
  return { of };
}

function findWaiting(connections: ReadonlyMap<Socket, Connection>): Socket | undefined {
  for (const [socket, { open }] of connections) if (open === 0 && !socket.destroyed) return socket;
  return undefined;
}
