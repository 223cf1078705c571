/** What arrived as a body. */
export type Body =
  | { readonly kind: "json"; readonly value: unknown; readonly bytes: number }
  | { readonly kind: "empty" }
  | { readonly kind: "malformed"; readonly reason: string }
  | { readonly kind: "too large" };

/** Reads a JSON body, and stops at the first byte over the limit. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | null,
  declared: string | null,
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
  return bytes === 0 ? { kind: "empty" } : parse(Buffer.concat(parts));
}

function parse(bytes: Uint8Array): Body {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { kind: "malformed", reason: "it is not UTF-8" };
  }
  try {
    return { kind: "json", value: JSON.parse(text), bytes: bytes.byteLength };
  } catch (error) {
    // The whole message can quote the body, which is not for an answer.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    return { kind: "malformed", reason: place ? `its syntax is wrong ${place}` : "its syntax is wrong" };
  }
}
