import { errors } from "../generated/errors.ts";
import type { Refusal } from "../refusal.ts";

/** Text of an answer: the catalogue's message, the rule that decided, and why. */
export function explainRefusal({ rule, error, why }: Refusal): string {
  const { message } = errors[error];
  return `${message}${/[.!?]$/.test(message) ? "" : "."} [${rule}] ${why}.`;
}
