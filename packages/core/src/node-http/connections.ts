import type { Server } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Connection } from "./exchange.ts";

/** The open connections of a server. */
export interface Connections {
  /** Returns the connection of a socket: of TCP, or the encrypted one on top of it. */
  of(socket: Socket): Connection;
  /** Closes those whose handshake of TLS has not ended, which the server does not know yet. */
  closeHandshakes(): void;
}

/**
 * Keeps track of a server's connections. One over the limit replaces the oldest that waits for its client, so that slow or silent
 * clients do not block others.
 */
export function trackConnections(server: Server, limit: number): Connections {
  const connections = new Map<Socket, Connection>();
  const encrypted = new WeakMap<Socket, Connection>();
  /** By the address and port of the client, which an encrypted socket has in common with the one below it. */
  const handshakes = new Map<string, Connection>();

  const add = (socket: Socket): Connection => {
    const connection: Connection = { socket, open: 0, last: undefined, rejected: false };
    if (socket.destroyed) return connection;
    connections.set(socket, connection);
    socket.once("close", () => connections.delete(socket));
    return connection;
  };
  const below = (socket: Socket): Connection => {
    const connection = handshakes.get(clientOf(socket)) ?? add(socket);
    encrypted.set(socket, connection);
    return connection;
  };
  const of = (socket: Socket): Connection =>
    connections.get(socket) ?? encrypted.get(socket) ?? (socket instanceof TLSSocket ? below(socket) : add(socket));

  server.on("connection", (socket: Socket) => {
    if (connections.size >= limit) (findWaiting(connections) ?? socket).destroy();
    const connection = of(socket);
    if (!(server instanceof HttpsServer)) return;
    const client = clientOf(socket);
    handshakes.set(client, connection);
    // A later connection can have the same port before this one is reported as closed.
    socket.once("close", () => handshakes.get(client) === connection && handshakes.delete(client));
  });
  server.on("secureConnection", (socket: Socket) => {
    of(socket);
    handshakes.delete(clientOf(socket));
  });
  return {
    of,
    closeHandshakes() {
      for (const { socket } of handshakes.values()) socket.destroy();
    },
  };
}

function clientOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function findWaiting(connections: ReadonlyMap<Socket, Connection>): Socket | undefined {
  for (const [socket, { open }] of connections) if (open === 0 && !socket.destroyed) return socket;
  return undefined;
}
