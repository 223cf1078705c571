import type { CallRecord } from "../calls.ts";
import { terminalJson } from "../terminal-text.ts";
import { timeText } from "../time-text.ts";

/** A call as one line: when, what, which code, which rule decided and why. It shows no credential. */
export function callLine(record: CallRecord, json: boolean): string {
  if (json) return terminalJson({ event: "call", ...record });
  const { at, method, url, code, rule, why } = record;
  const [path = ""] = url.split("?");
  return `${timeText(at)} ${method} ${path} ${code ?? "-"} [${rule}] ${why}`;
}
