/** What arrived as a body. */
export type Body =
  | { readonly kind: "json"; readonly value: unknown; readonly bytes: number; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "malformed"; readonly reason: string }
  | { readonly kind: "too large" };

/** Reads a JSON body, and stops at the first byte over the limit. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | string | null,
  declared: string | null,
  maxBytes: number,
): Promise<Body> {
  if (Number(declared) > maxBytes) return { kind: "too large" };
  if (typeof chunks === "string") {
    const whole = Buffer.from(chunks);
    return whole.byteLength > maxBytes ? { kind: "too large" } : parseBody(whole);
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return { kind: "too large" };
    parts.push(chunk);
  }
  return parseBody(Buffer.concat(parts));
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a whole body. */
export function parseBody(bytes: Uint8Array): Body {
  if (bytes.byteLength === 0) return { kind: "empty" };
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { kind: "malformed", reason: "it is not UTF-8" };
  }
  try {
    return { kind: "json", value: JSON.parse(text), bytes: bytes.byteLength, text };
  } catch (error) {
    // The whole message can quote the body, which is not for an answer.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    return { kind: "malformed", reason: place ? `its syntax is wrong ${place}` : "its syntax is wrong" };
  }
}
