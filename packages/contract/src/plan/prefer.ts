/** Responses that a request chooses by a header field. */
import type { Redact } from "@contact-groups/core/redact";
import { checkCode, type ApiOperation } from "../operations.ts";
import { failure, type Plan } from "../response.ts";
import { InstructionError, type PlannedResponse, plan } from "./plan.ts";

const preference = /^\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/;

/** The supported preferences as responses of `api.plan`. */
const known: Readonly<Record<string, (value: string | undefined) => PlannedResponse | undefined>> = {
  example: (value) => (value ? { example: value } : undefined),
  error: (value) => (value ? { error: value } : undefined),
  status: (value) => (value ? { status: Number(value) } : undefined),
  reset: () => ({ reset: true }),
  truncate: (value) => ({ truncate: value ? Number(value) : true }),
  delay: (value) => (value ? { delayMs: Number(value) } : undefined),
};

/**
 * Returns the response that a `Prefer` header requests (RFC 7240, section 2): `example=OnlyPage`, `error=51007`, `status=502`, `reset`,
 * `truncate`, `truncate=20`, `delay=500` (milliseconds), one or several of them, with or without quotes. Other preferences are ignored,
 * and so is a second one of the same name.
 */
export function preferredResponse(header: string | undefined): PlannedResponse | undefined {
  let response: PlannedResponse | undefined;
  const seen = new Set<string>();
  for (const part of header?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []) {
    const [, name = "", quoted, token] = preference.exec(part) ?? [];
    const lower = name.toLowerCase();
    if (!Object.hasOwn(known, lower) || seen.has(lower)) continue;
    const wanted = known[lower]?.(quoted?.replaceAll(/\\(.)/g, "$1") ?? token);
    if (!wanted) continue;
    seen.add(lower);
    response = { ...response, ...wanted };
  }
  return response;
}

/** Returns the plan of a `Prefer` header, or a failure that describes its violation. */
export function preferredPlan(operation: ApiOperation, header: string | undefined, redact: Redact): Plan | undefined {
  const response = preferredResponse(header);
  if (!response) return undefined;
  try {
    return plan(operation, response);
  } catch (error) {
    if (!(error instanceof InstructionError)) throw error;
    const content = { body: failure({ code: checkCode("body"), info: redact(error.message) }), example: undefined };
    return { content, reset: false, truncate: undefined, delayMs: 0, headers: {} };
  }
}
