import { errors } from "../generated/errors.ts";
import { explainRefusal } from "../operations/wording.ts";
import type { Outcome } from "../operations/operation.ts";
import type { Refusal } from "../refusal.ts";
import type { CoreAnswer, CoreCall } from "./core-call.ts";
import { hide } from "@contact-groups/core/redact";

/** The answer of an operation that succeeded. */
export function ok({ operation }: CoreCall, { members, rule, why }: Outcome, user: string): CoreAnswer {
  const body = `{${members},"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`;
  return { status: 200, body, code: 0, rule, why, operation, user, fault: undefined, delivery: undefined };
}

/** The answer of a call that failed. It shows no credential, wherever the request had one. */
export function fail({ operation, secrets }: CoreCall, refusal: Refusal, user?: string): CoreAnswer {
  const clean = { ...refusal, why: hide(refusal.why, secrets) };
  const { code } = errors[refusal.error];
  const body = failureBody(code, explainRefusal(clean));
  const { rule, why } = clean;
  return { status: 200, body, code, rule, why, operation, user, fault: undefined, delivery: undefined };
}

/** The body of a failure. */
export function failureBody(code: number, text: string): string {
  return JSON.stringify({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: text });
}
