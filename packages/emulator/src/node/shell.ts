import type { IncomingMessage, ServerResponse } from "node:http";
import type { CoreAnswer, CoreCall, UnreadableBody } from "../core/core-call.ts";
import type { Core } from "../core/core.ts";
import { answerHeaders, preflightHeaders } from "../fetch-face.ts";
import { createBatch } from "./batch.ts";
import type { Connection, Connections } from "./connections.ts";
import { deliver } from "./deliver.ts";
import { sendEarly } from "./linger.ts";
import { readBody } from "./read-body.ts";
import { sendWhole, type WireAnswer } from "./send.ts";
import { pathAndQuery } from "./target.ts";

/** What a shell is made of. */
export interface ShellParts {
  readonly core: Core;
  readonly connections: Connections;
  readonly maxBodyBytes: number;
  readonly unreadMs: number;
  readonly lingerMs: number;
  /** Answers what is not for the service; undefined for what is. */
  readonly aside: (incoming: IncomingMessage, target: string) => Aside | undefined;
  /** Whether connections are closed after their next answer. */
  readonly isClosing: () => boolean;
}

/** How a request is answered that is not for the service. */
export interface Aside {
  /** Largest body that is read; none is when it is negative. */
  readonly maxBodyBytes: number;
  answer(body: string | UnreadableBody): WireAnswer;
}

const serviceFields = Object.entries(answerHeaders).flat();
const preflight: WireAnswer = { status: 204, headers: Object.entries(preflightHeaders).flat(), body: "" };

/** Answers a request. With `waits` its client sends the body when it is told to. */
export type Shell = (incoming: IncomingMessage, outgoing: ServerResponse, waits?: boolean) => void;

/** Makes what answers requests. */
export function createShell(parts: ShellParts): Shell {
  const { core, connections, aside } = parts;
  const batch = createBatch(core);

  return (incoming, outgoing, waits = false) => {
    const { method = "GET", url = "/", socket } = incoming;
    const target = pathAndQuery(url);
    const other = aside(incoming, target);
    if (method === "OPTIONS" && !other) return sendWhole(outgoing, preflight);

    const { maxBodyBytes } = other ?? parts;
    const isRefused = waits && Number(incoming.headers["content-length"]) > maxBodyBytes;
    if (waits && !isRefused) outgoing.writeContinue();
    readBody(incoming, isRefused ? -1 : maxBodyBytes, (body) => {
      const connection = connections.of(socket);
      const exchange = { incoming, outgoing, connection };
      connection.open++;
      connection.last = outgoing;
      if (other) {
        // What came before it is answered before it.
        batch.flush();
        return send(exchange, other.answer(body), parts);
      }
      const add = (call: CoreCall): void => batch.add(call, (answer) => sendAnswer(exchange, answer, parts));
      const call = core.prepare({ method, target, body });
      if (call instanceof Promise) void call.then(add);
      else add(call);
    });
  };
}

/** A whole request and what answers it. */
interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly connection: Connection;
}

function sendAnswer(exchange: Exchange, { status, body, delivery }: CoreAnswer, parts: ShellParts): void {
  if (!delivery) return send(exchange, { status, headers: serviceFields, body }, parts);
  const { outgoing, connection } = exchange;
  const { socket } = exchange.incoming;
  outgoing.once("close", () => {
    connection.open--;
    if (parts.isClosing() && connection.open === 0) socket.destroySoon();
  });
  const headers = Object.entries({ ...answerHeaders, "Content-Type": delivery.contentType }).flat();
  deliver(outgoing, delivery, { status: delivery.status, headers, body: delivery.body }, parts.unreadMs);
}

function send({ incoming, outgoing, connection }: Exchange, answer: WireAnswer, parts: ShellParts): void {
  connection.open--;
  if (!incoming.complete) return sendEarly(incoming, outgoing, answer, parts.lingerMs);
  // Requests that came along with this one are still answered.
  const isLast = parts.isClosing() && connection.last === outgoing;
  sendWhole(outgoing, isLast ? { ...answer, headers: [...answer.headers, "Connection", "close"] } : answer);
}
