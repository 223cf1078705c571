/** Removes credentials of any kind from recorded calls, in addition to the UserSig. */
import { mask, redaction } from "@contact-groups/core/redact";
import type { HeaderFields } from "../message.ts";
import type { Exchange } from "../record/exchange.ts";

/** Names of header fields and of query parameters whose values can be credentials. */
const secretName = /auth|cookie|credential|key|password|secret|session|sig|token/i;

/** Returns the values of the fields that can be credentials, also without the name of their scheme. */
export function secretsOf(fields: HeaderFields): readonly string[] {
  return fields
    .filter(([name]) => secretName.test(name))
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, ""), ...value.split(/[;,=\s]+/)]);
}

/** Returns an exchange without the secrets, and without the values of fields that can be credentials. */
export function withoutSecrets(exchange: Exchange, secrets: readonly string[]): Exchange {
  const hidden = deep(exchange, redaction(secrets)) as Exchange;
  const { request, response } = hidden;
  return {
    ...hidden,
    request: { ...request, query: masked(request.query), headers: masked(request.headers) },
    response: { ...response, headers: masked(response.headers) },
  };
}

function masked<Value>(fields: Readonly<Record<string, Value>>): Record<string, Value | string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, secretName.test(name) ? mask : value]),
  );
}

function deep(value: unknown, text: (dirty: string) => string): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((item) => deep(item, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [text(name), deep(field, text)]));
}
