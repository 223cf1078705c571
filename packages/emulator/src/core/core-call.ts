import type { UnreadableBody } from "@contact-groups/core/node-http";
import type { OperationId } from "@contact-groups/openapi/model";
import type { Delivery } from "../delivery.ts";
import type { EmulatorApp } from "../emulator-options.ts";
import type { Refusal } from "../refusal.ts";
import type { RuleId } from "../rules.ts";

export type { UnreadableBody } from "@contact-groups/core/node-http";

/** A request as a shell received it. `target` is path and query, as in the request line; it can hold a credential. */
export interface RawCall {
  readonly method: string;
  readonly target: string;
  /** The whole body as text; `""` when there is none. */
  readonly body: string | UnreadableBody;
}

/** What was found out about a UserSig once; whether it has expired is asked at each call. */
export interface UserSigFinding {
  readonly fault?: "readable" | "app" | "identifier" | "signature" | undefined;
  /** Milliseconds since the epoch of the last second in which it is valid; undefined when it could not be read. */
  readonly expiresAt?: number | undefined;
}

/** A request that is ready to be answered: all that has to be awaited is done, and all that needs neither clock nor state. */
export interface CoreCall {
  readonly method: string;
  /** Path and query without any credential, for the journal. */
  readonly url: string;
  /** The operation of this path; undefined when there is none. */
  readonly operation: OperationId | undefined;
  /** The app of `sdkappid`; undefined when it is refused or unknown. */
  readonly app: EmulatorApp | undefined;
  readonly identifier: string;
  /** Credentials that no text may show. */
  readonly secrets: readonly string[];
  /** Why path, method, query or app refuse the request. */
  readonly refusal: Refusal | undefined;
  /** Undefined when no UserSig has to be judged. */
  readonly userSig: UserSigFinding | undefined;
  readonly body: string | UnreadableBody;
}

/** What the core answers. The HTTP status is 200 unless a fault has another. */
export interface CoreAnswer {
  readonly status: 200;
  /** JSON text, unless there is a `delivery`, which has the body that is sent. */
  readonly body: string;
  /** `ErrorCode` of the body; undefined when a fault sends none. */
  readonly code: number | undefined;
  /** The rule that decided. */
  readonly rule: RuleId;
  /** One sentence that says why, without any credential. */
  readonly why: string;
  /** The operation that was called; undefined when there is none of this path. */
  readonly operation: OperationId | undefined;
  /** `From_Account` of a valid body. */
  readonly user: string | undefined;
  /** ID of the fault that spoke. */
  readonly fault: number | undefined;
  /** How to hand the answer over when a fault was asked for; undefined for a plain answer. */
  readonly delivery: Delivery | undefined;
}
