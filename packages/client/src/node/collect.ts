import type { Readable } from "node:stream";
import { responseTooLarge } from "../body-limit.ts";

/** Reads a stream of bytes to its end. Destroys it and rejects as soon as there are more than allowed. */
export function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    stream.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size <= maxBytes) return void pieces.push(piece);
      reject(responseTooLarge());
      stream.destroy();
    });
    stream.on("error", reject);
    // Most bodies come in one piece.
    stream.on("end", () => resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)));
  });
}
