/** Takes credentials out of whatever is shown: texts, recorded calls, and errors. */
export { callRedaction, type CallRedaction, type Clean } from "./calls.ts";
export { createRedactor, type Redactor } from "./errors.ts";
export { hide, mask, redaction, type Redact } from "./texts.ts";
