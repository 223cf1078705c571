import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { sendHead, type WireAnswer } from "./send.ts";

/*
 * A connection that is closed with unread bytes is reset, and the client may never see the answer. So what it still sends is thrown
 * away for a while first.
 */

/** Sends last bytes on a connection and closes it. */
export function endGently(socket: Socket, text: string, lingerMs: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(text, "latin1");
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}

/** Sends an answer while its request is still coming, and closes the connection when the request has come, or has taken too long. */
export function sendEarly(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: WireAnswer,
  lingerMs: number,
): void {
  sendHead(outgoing, { ...answer, headers: [...answer.headers, "Connection", "close"] });
  outgoing.write(answer.body);
  const end = (): void => {
    clearTimeout(timer);
    outgoing.end();
  };
  const timer = setTimeout(end, lingerMs);
  incoming.once("close", end);
}
