import type { CallRecord } from "../calls.ts";

/** A call as one line: when, what, which code, which rule decided and why. It shows no credential. */
export function callLine(record: CallRecord, json: boolean): string {
  if (json) return JSON.stringify({ event: "call", ...record });
  const { at, method, url, code, rule, why } = record;
  const [path = ""] = url.split("?");
  return `${new Date(at).toISOString()} ${method} ${path} ${code ?? "-"} [${rule}] ${why}`.replaceAll(
    /[\p{Cc}\p{Cf}]/gu,
    "?",
  );
}
