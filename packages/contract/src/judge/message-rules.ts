/** The rules of single messages that have a name of their own, and what to change. */
import type { MessageRule } from "../message-checks.ts";

/** What to change, by rule. */
export const messageFixes: Readonly<Record<MessageRule, string>> = {
  "content-type": "Send the header Content-Type: application/json with every JSON body.",
  encoding:
    "Write the body as UTF-8 without a byte order mark and without compression, and cut texts between characters, not within one.",
  "duplicate-key": "Write each field of an object once; most parsers keep only the last one.",
  "integer-form":
    "Write an integer as its digits, without a fraction or an exponent; beyond 2^53, not through a floating-point number.",
  secret:
    "Send the UserSig only as the query parameter usersig, to the service only over HTTPS, and the key never; do not repeat them in a response.",
  latency: "Respond before the service's own timeout, at which callers give up.",
  prism: "Change what Prism reports; it validates each message by the OpenAPI description.",
};
