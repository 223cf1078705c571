import type { Judgement } from "./prism.ts";
import type { Redact } from "@contact-groups/core/redact";

/** Clients allow 16 KiB for all headers together. */
const longest = 4096;
const longestMessage = 200;

/**
 * Writes the `Prism-Verdict` header: what Prism makes of the original request and of its own answer, before this server turns it into
 * the service's envelope.
 *
 * `status` is the HTTP status that Prism would have answered: 200, 401, 404, 405 or 422. `violations` has one entry per broken rule, with
 * `location` beginning with `request` or `response`; `omitted` counts those that did not fit. The header is JSON in ASCII.
 */
export function verdictHeader(judgement: Judgement, redact: Redact): Readonly<Record<string, string>> {
  const violations = judgement.violations.slice(0, 20).map(({ location, code, message }) => ({
    location: location.map((part) => shorten(redact(part))),
    code,
    message: shorten(redact(message)),
  }));
  for (;;) {
    const omitted = judgement.violations.length - violations.length;
    const header = ascii(JSON.stringify({ status: judgement.status, violations, ...(omitted > 0 && { omitted }) }));
    if (header.length <= longest || violations.length === 0) return { "Prism-Verdict": header };
    violations.pop();
  }
}

function shorten(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}...` : text;
}

function ascii(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
