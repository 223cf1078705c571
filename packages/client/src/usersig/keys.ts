import { importKey, type HmacKey } from "./hmac.ts";

/** More keys than one server signs with, and few enough to hold. */
const keysKept = 16;
const keys = new Map<string, Promise<HmacKey>>();

/** The imported key. To import it again takes as long as to sign, so the last few are kept. */
export function keyOf(secretKey: string): Promise<HmacKey> {
  const kept = keys.get(secretKey);
  if (kept !== undefined) return kept;
  const key = importKey(secretKey);
  for (const oldest of keys.keys()) if (keys.size >= keysKept) keys.delete(oldest);
  keys.set(secretKey, key);
  return key;
}
