/** Reads the body of a request or a response. */

/** A received body. `raw` has the bytes as they were sent. */
export type Body =
  | {
      readonly kind: "json";
      readonly value: unknown;
      /** Without a byte order mark. */
      readonly text: string;
      readonly raw: Uint8Array;
    }
  | { readonly kind: "empty" }
  | { readonly kind: "malformed"; readonly reason: string; readonly raw: Uint8Array }
  | { readonly kind: "too large" };

/** Reads a JSON body, and stops at the first byte over the limit. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | null,
  declared: string | undefined,
  maxBytes: number,
): Promise<Body> {
  if (Number(declared) > maxBytes) return { kind: "too large" };
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return { kind: "too large" };
    parts.push(chunk);
  }
  return parseBody(Buffer.concat(parts));
}

/** Why a body that is not UTF-8 is not JSON. */
export const notUtf8 = "it is not UTF-8";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a whole body. */
export function parseBody(raw: Uint8Array): Body {
  if (raw.byteLength === 0) return { kind: "empty" };
  let text: string;
  try {
    text = utf8.decode(raw);
  } catch {
    return { kind: "malformed", reason: notUtf8, raw };
  }
  try {
    return { kind: "json", value: JSON.parse(text), text, raw };
  } catch (error) {
    // The whole message can quote the body, which must not be repeated in a response.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    return { kind: "malformed", reason: place ? `its syntax is wrong ${place}` : "its syntax is wrong", raw };
  }
}

/** Whether the bytes begin with the byte order mark of UTF-8. */
export function hasByteOrderMark(body: Body): boolean {
  return "raw" in body && body.raw[0] === 0xef && body.raw[1] === 0xbb && body.raw[2] === 0xbf;
}
