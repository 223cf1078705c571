import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Delivery } from "../delivery.ts";
import { sendHead, sendWhole, type WireAnswer } from "./send.ts";

/** Hands over an answer as a fault asks for. Nobody else waits meanwhile. */
export function deliver(
  outgoing: ServerResponse,
  { delayMs, manner }: Pick<Delivery, "delayMs" | "manner">,
  answer: WireAnswer,
  unreadMs: number,
): void {
  const pause = delayMs + (manner.kind === "drip" ? manner.everyMs : 0);
  // The client does nothing wrong when it waits for this.
  if (pause > 0) outgoing.setTimeout(pause + unreadMs);
  const send = (): void => {
    if (outgoing.destroyed) return;
    if (manner.kind === "whole") sendWhole(outgoing, answer);
    else if (manner.kind === "cut") cut(outgoing, answer, manner.bytes);
    else if (manner.kind === "drip") drip(outgoing, answer, manner);
    else onceSent(outgoing, (socket) => socket.resetAndDestroy());
  };
  if (delayMs > 0) after(outgoing, delayMs, send);
  else send();
}

/** Sends less than what was announced and ends the connection. */
function cut(outgoing: ServerResponse, answer: WireAnswer, bytes: number): void {
  sendHead(outgoing, answer);
  outgoing.flushHeaders();
  if (bytes > 0) outgoing.write(Buffer.from(answer.body).subarray(0, bytes));
  onceSent(outgoing, (socket) => socket.destroySoon());
}

/** Sends a few bytes at a time. */
function drip(
  outgoing: ServerResponse,
  answer: WireAnswer,
  { bytes, everyMs }: { bytes: number; everyMs: number },
): void {
  sendHead(outgoing, answer);
  outgoing.flushHeaders();
  const body = Buffer.from(answer.body);
  const step = Math.max(1, bytes);
  let sent = 0;
  const next = (): void => {
    const part = body.subarray(sent, sent + step);
    sent += step;
    if (sent >= body.length) outgoing.end(part);
    else if (outgoing.write(part)) after(outgoing, everyMs, next);
    else outgoing.once("drain", () => after(outgoing, everyMs, next));
  };
  next();
}

/** Runs when the answers before this one are on their way, and it is this one's turn. */
function onceSent(outgoing: ServerResponse, run: (socket: Socket) => void): void {
  if (outgoing.socket) run(outgoing.socket);
  // The connection is given over before what was written meanwhile.
  else outgoing.once("socket", (socket: Socket) => setImmediate(run, socket));
}

/** A timer that ends with the connection. */
function after(outgoing: ServerResponse, milliseconds: number, run: () => void): void {
  const stop = (): void => clearTimeout(timer);
  const timer = setTimeout(() => {
    outgoing.off("close", stop);
    run();
  }, milliseconds);
  outgoing.once("close", stop);
}
