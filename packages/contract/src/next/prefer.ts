import type { Redact } from "@contact-groups/core/redact";
import { gateCode, type Operation } from "../operations.ts";
import { failure, type Plan } from "../response.ts";
import { InstructionError, type NextAnswer, plan } from "./plan.ts";

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

/** The plan that a `Prefer` header asks for; a refusal that says what is wrong with it when it can't be followed. */
export function preferredPlan(operation: Operation, header: string | null, redact: Redact): Plan | undefined {
  const answer = preferredAnswer(header);
  if (!answer) return undefined;
  try {
    return plan(operation, answer);
  } catch (error) {
    if (!(error instanceof InstructionError)) throw error;
    const content = { body: failure({ code: gateCode("body"), info: redact(error.message) }), example: undefined };
    return { content, reset: false, truncate: undefined, delayMs: 0, headers: {} };
  }
}
