/** The one check of requests, and the words for its violations. */
export { byteLength, characterCount, check, count } from "./check.ts";
export type { CheckOptions, RequestViolation, RequestRule } from "./check.ts";
export { eitherOf, explain, show, wording } from "./explain.ts";
export type { ExplainOptions } from "./explain.ts";
export type * from "./field.ts";
