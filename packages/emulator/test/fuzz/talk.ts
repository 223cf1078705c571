import { connect } from "node:net";
import { readResponses, type ReceivedResponse } from "./read-responses.ts";
import type { Conversation } from "./wire-bytes.ts";
import { hanging, within } from "./within.ts";

/** The result of a conversation. */
export interface Talk {
  readonly responses: readonly ReceivedResponse[];
  /** Responses of the service. */
  readonly calls: number;
  /** Whether the connection was closed after a response, so that later requests on it were handled for nobody. */
  readonly isOver: boolean;
  /** What is wrong with the responses. */
  readonly faults: readonly string[];
}

/** Sends bytes to a port and parses the responses. Rejects when the connection is still open after 20 s. */
export async function talk(port: number, said: Conversation): Promise<Talk> {
  const responses = readResponses(await within(hanging, say(port, said)));
  const isOver = responses.some(({ head }) => /^connection: close$/im.test(head) && !isPlain(head));
  const calls = responses.filter(({ status }) => status === 200).length;
  return { responses, calls, isOver, faults: responses.flatMap((response) => faultOf(response) ?? []) };
}

/** Statuses of responses to what is not HTTP, is too much, or is not a call, in addition to the service's 200. */
const others = new Set([100, 204, 400, 408, 413, 417, 431]);

function faultOf({ status, head, body }: ReceivedResponse): string | undefined {
  const shown = `${head}\n\n${body}`;
  // A response to HEAD has no body.
  if (body === "" && (status === 200 || others.has(status))) return undefined;
  if (status !== 200) return others.has(status) && isPlain(head) ? undefined : shown;
  const { ActionStatus, ErrorCode, ErrorInfo } = JSON.parse(body) as Record<string, unknown>;
  const isEnvelope = ActionStatus === (ErrorCode === 0 ? "OK" : "FAIL") && typeof ErrorInfo === "string";
  return isEnvelope && !ErrorInfo.includes("core.failure") ? undefined : shown;
}

function isPlain(head: string): boolean {
  return /^content-type: text\/plain$/im.test(head);
}

/** Sends bytes and returns all that comes until the connection is closed. */
function say(port: number, { text, cuts, leave }: Conversation): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    // A connection that the other side breaks is closed, which is a valid response as well.
    socket.on("error", () => {});
    socket.on("end", () => socket.end());
    socket.on("close", () => resolve(Buffer.concat(parts)));
    const pieces = [...cuts, text.length].map((cut, index) => text.slice(cuts[index - 1] ?? 0, cut));
    const next = (): void => {
      const piece = pieces.shift();
      if (piece === undefined) return void (leave === "end" ? socket.end() : socket.destroy());
      if (!socket.writable) return;
      socket.write(piece, "latin1", () => setImmediate(next));
    };
    socket.on("connect", next);
  });
}
