/** The bodies of responses, which are put together and written here alone. */
import { hide } from "@contact-groups/core/redact";
import type { Failure, Success } from "@contact-groups/openapi/bodies";
import type { OkMembers, OperationId } from "@contact-groups/openapi/model";
import { errorNamed } from "../errors.ts";
import { type Draft, draftToJson, toJson } from "../json.ts";
import { explainRefusal, type Refusal } from "../refusal.ts";
import type { CoreAnswer, CoreCall } from "./core-call.ts";
import type { Outcome } from "./operation.ts";

/** Fields of the description that no response of the emulator has. */
export const notSent = ["ErrorDisplay", "RequestId"] as const;

/** All fields of a body that the emulator sends; none of them is left out. */
type Sent<Body> = Required<Omit<Body, NotSent>>;

type FieldOfAll<Name extends keyof Success & keyof Failure> = Name;
type NotSent = FieldOfAll<(typeof notSent)[number]>;

/** What an operation adds to the response of a call that succeeded. A list can be one of texts that were written before. */
export type Members<Operation extends OperationId> = Draft<Sent<OkMembers<Operation>>>;

const success: Sent<Success> = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** The response of an operation that succeeded. */
export function ok({ operation }: CoreCall, { members, rule, why }: Outcome<OperationId>, user: string): CoreAnswer {
  const body = draftToJson(members, success);
  return {
    status: 200,
    body,
    code: success.ErrorCode,
    rule,
    why,
    operation,
    user,
    fault: undefined,
    delivery: undefined,
  };
}

/** The response of a call that failed. It shows no credential, wherever the request had one. */
export function fail({ operation, secrets }: CoreCall, refusal: Refusal, user?: string): CoreAnswer {
  const clean = { ...refusal, why: hide(refusal.why, secrets) };
  const { code } = errorNamed(refusal.error);
  const body = failureBody(code, explainRefusal(clean));
  const { rule, why } = clean;
  return { status: 200, body, code, rule, why, operation, user, fault: undefined, delivery: undefined };
}

/** The body of a failure. */
export function failureBody(code: number, text: string): string {
  return toJson<Sent<Failure>>({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: text });
}
