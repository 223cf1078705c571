import type { NextAnswer } from "./next/answer.ts";

const preference = /^\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/;

/** The preferences that this server knows, and what they are in an answer of `api.next`. */
const known: Readonly<Record<string, (value: string | undefined) => NextAnswer | undefined>> = {
  example: (value) => (value ? { example: value } : undefined),
  error: (value) => (value ? { error: value } : undefined),
  status: (value) => (value ? { status: Number(value) } : undefined),
  reset: () => ({ reset: true }),
  truncate: (value) => ({ truncate: value ? Number(value) : true }),
  delay: (value) => (value ? { delayMs: Number(value) } : undefined),
};

/**
 * The answer that a `Prefer` header asks for (RFC 7240, section 2): `example=OnlyPage`, `error=51007`, `status=502`, `reset`, `truncate`,
 * `truncate=20`, `delay=500` (milliseconds), one or several of them, with or without quotes, among other preferences, which count for
 * nothing. The first of each name counts.
 */
export function preferredAnswer(header: string | null): NextAnswer | undefined {
  let answer: NextAnswer | undefined;
  const seen = new Set<string>();
  for (const part of header?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []) {
    const [, name = "", quoted, token] = preference.exec(part) ?? [];
    const lower = name.toLowerCase();
    if (!Object.hasOwn(known, lower) || seen.has(lower)) continue;
    const wanted = known[lower]?.(quoted?.replaceAll(/\\(.)/g, "$1") ?? token);
    if (!wanted) continue;
    seen.add(lower);
    answer = { ...answer, ...wanted };
  }
  return answer;
}
