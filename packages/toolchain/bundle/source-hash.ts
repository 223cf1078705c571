import { createHash } from "node:crypto";

/** The keyword of an overlay's action that says which texts it translates: for each text of its `update`, by the path to it, the hash of the source. */
export const sourceHashes = "x-sourceHashes";

/**
 * Eight letters that stand for a source text, with its placeholders: a limit that changes makes no translation stale. Letters, because YAML would take
 * some words of digits for numbers.
 *
 * @param texts The texts of all places that one translation is for.
 */
export function hashOf(texts: readonly string[]): string {
  const all = [...new Set(texts)].toSorted().join("\u0000");
  const bytes = createHash("sha256").update(all).digest().subarray(0, 8);
  return [...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
}
