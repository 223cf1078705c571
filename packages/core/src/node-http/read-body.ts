import { isAscii } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** A body that cannot be read as text, and why: larger than the limit, or not UTF-8. */
export interface UnreadableBody {
  readonly unreadable: "too large" | "not UTF-8";
}

/**
 * Reads a body as text. `take` is called once: when all is there, or at the first byte over the limit, or at once when the limit is
 * negative; what comes after that is thrown away. It is not called when the client goes away before.
 */
export function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
  take: (body: string | UnreadableBody) => void,
): void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  if (maxBytes < 0) take({ unreadable: "too large" });
  incoming.on("data", (chunk: Buffer) => {
    if (bytes > maxBytes) return;
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= maxBytes) return;
    chunks = [];
    take({ unreadable: "too large" });
  });
  incoming.on("end", () => {
    if (bytes <= maxBytes) take(decode(chunks));
  });
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function decode(chunks: readonly Buffer[]): string | UnreadableBody {
  const [only = empty] = chunks;
  const whole = chunks.length > 1 ? Buffer.concat(chunks) : only;
  if (isAscii(whole)) return whole.toString("latin1");
  try {
    return decoder.decode(whole);
  } catch {
    return { unreadable: "not UTF-8" };
  }
}

const empty = Buffer.alloc(0);
