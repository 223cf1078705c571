import type { OperationId, RequestBody } from "@contact-groups/openapi/model";
import { behaviours } from "../generated/operations.ts";
import type { RuleId } from "../rules.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { RuleTexts } from "../rule.ts";
import type { Members } from "./response.ts";

/** What an operation works with. */
export interface OperationContext {
  readonly store: Store;
  readonly settings: Settings;
  readonly sdkAppId: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly nextGroupId: (last: number) => number;
}

/** That an operation succeeded. */
export interface Outcome<Operation extends OperationId> {
  /** What the response has beside what every response has. */
  readonly members: Members<Operation>;
  readonly rule: RuleId;
  readonly why: string;
}

/** What a file of `src/operations` exports. */
export interface Behaviour<Operation extends OperationId> {
  readonly rules: RuleTexts;
  /** Does the operation with a valid body. Throws a `RefusedError` when the call fails as a whole. */
  readonly run: (body: RequestBody<Operation>, context: OperationContext) => Outcome<Operation>;
}

/** What does each operation. The compiler proves that each file does its own; which one is called for a body is known at run time only. */
const behaviourOf: { readonly [Operation in OperationId]: Behaviour<Operation> } = behaviours;

/** Does an operation with a body that was checked. */
export function runOperation(operation: OperationId, body: unknown, context: OperationContext): Outcome<OperationId> {
  const run: (given: never, context: OperationContext) => Outcome<OperationId> = behaviourOf[operation].run;
  return run(body as never, context);
}
