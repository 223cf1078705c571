/** The bodies of responses, which are put together and written only here. */
import type { Manner } from "@contact-groups/core/node-http";
import { hide } from "@contact-groups/core/redact";
import type { Failure, Success } from "@contact-groups/openapi/bodies";
import type { OperationId } from "@contact-groups/openapi/model";
import { type CallFailure, errorNamed, explainFailure } from "./failure.ts";
import { draftToJson, toJson } from "./json.ts";
import type { CallSuccess, Sent } from "./operation.ts";
import type { CoreRequest } from "./request.ts";
import type { RuleId } from "./rules.ts";

/** A response of the core. */
export interface CoreResponse {
  readonly status: 200;
  /** JSON text, unless there is a `delivery`, which has the body that is sent. */
  readonly body: string;
  /** `ErrorCode` of the body; undefined when a fault sends none. */
  readonly code: number | undefined;
  /** The rule that decided. */
  readonly rule: RuleId;
  /** One sentence that says why, without any credential. */
  readonly why: string;
  /** The operation that was called; undefined when no operation has the path. */
  readonly operation: OperationId | undefined;
  /** `From_Account` of a valid body. */
  readonly user: string | undefined;
  /** ID of the fault that was triggered. */
  readonly fault: number | undefined;
  /** The app that the fault is of; undefined for a fault of the emulator. */
  readonly faultApp: number | undefined;
  /** How an adapter sends the response when a fault changes that; undefined: HTTP 200 with the whole body at once. */
  readonly delivery: FaultDelivery | undefined;
}

/** How an adapter sends a response for a fault. */
export interface FaultDelivery {
  /** HTTP status, such as 502. */
  readonly status: number;
  readonly contentType: string;
  /** The body that is sent; it need not be JSON. */
  readonly body: string;
  /** Milliseconds to wait before the first byte. */
  readonly delayMs: number;
  readonly manner: Manner;
}

const success: Sent<Success> = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** Creates the response of a call that succeeded. */
export function succeed({ operation }: CoreRequest, { members, rule, why }: CallSuccess, user?: string): CoreResponse {
  const body = draftToJson(members, success);
  return respond({ body, code: success.ErrorCode, rule, why, operation, user });
}

/** Creates the response of a call that failed. It shows no credential, wherever the request had one. */
export function fail({ operation, secrets }: CoreRequest, failure: CallFailure, user?: string): CoreResponse {
  const { rule, error } = failure;
  const why = hide(failure.why, secrets);
  const { code } = errorNamed(error);
  return respond({ body: failureBody(code, explainFailure({ ...failure, why })), code, rule, why, operation, user });
}

type Parts = Omit<CoreResponse, "status" | "rule" | "fault" | "faultApp" | "delivery"> & { readonly rule: string };

/** A test shows that the rules of all failures and outcomes are those of `rules.ts`, which imports the files that name them. */
function respond({ rule, ...parts }: Parts): CoreResponse {
  return { status: 200, ...parts, rule: rule as RuleId, fault: undefined, faultApp: undefined, delivery: undefined };
}

/** Writes the body of a failure. */
export function failureBody(code: number, text: string): string {
  return toJson<Sent<Failure>>({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: text });
}
