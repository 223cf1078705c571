import type { RuleId } from "../rule.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";

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
export interface Outcome {
  /** JSON text of the operation's own members, without braces and not empty: `"ContactItem":[]`. */
  readonly members: string;
  readonly rule: RuleId;
  readonly why: string;
}

/** Does an operation with a valid body. Throws a `RefusedError` when the call fails as a whole. */
export type Operation<Body> = (body: Body, context: OperationContext) => Outcome;
