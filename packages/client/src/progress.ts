/** How far a long list or an iteration is, and the text that continues it. */
import type { OperationId } from "@contact-groups/openapi/model";
import type { OperationResult } from "./declared.ts";
import { InvalidArgumentError } from "./errors.ts";

/**
 * How far a long list or an iteration is, after one more part or page.
 *
 * @example
 * ```ts
 * const onProgress = ({ done, total, failed, resume }: Progress<"searchContactGroup">) => {
 *   console.log(`${done} of ${total}, ${failed} failed`);
 *   writeFileSync("search.resume", resume);
 * };
 * await client.searchContactGroup({ From_Account: "user15", ContactItem }, { onProgress });
 * ```
 */
export interface Progress<Operation extends OperationId> {
  /** Result of the part or page that has just ended. Pointers of its `failures` lead into the whole list. */
  readonly result: OperationResult<Operation>;
  /** Number of items that have a result or a failure so far, each counted once. In an iteration, of items returned. */
  readonly done: number;
  /** Number of all items, each counted once; undefined for an iteration, whose end is not known. */
  readonly total: number | undefined;
  /** Number of failed items so far. */
  readonly failed: number;
  /** Give it as `resume` to the same call, also in another process, to continue after what is done. It is JSON text and can contain names of groups. */
  readonly resume: string;
}

/** Returns the text that continues a call from a state. */
export function toResume(operation: OperationId, body: object, state: readonly unknown[]): string {
  return JSON.stringify([fingerprint(operation, body), ...state]);
}

/**
 * Reads the state of a text that continues a call.
 *
 * @throws `InvalidArgumentError` if the text is of another call.
 */
export function fromResume(operation: OperationId, body: object, resume: string): unknown[] {
  let state: unknown;
  try {
    state = JSON.parse(resume);
  } catch {
    // It is reported like the text of another call.
  }
  if (!Array.isArray(state) || state.shift() !== fingerprint(operation, body))
    throw new InvalidArgumentError("resume", `the text of a call of ${operation} with the same body`, "another", {
      operation,
    });
  return state;
}

/** Returns a number that is the same for the same call, and nearly always another one for another call: FNV-1a. */
function fingerprint(operation: OperationId, body: object): number {
  let hash = 0x811c9dc5;
  const text = operation + JSON.stringify(body);
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
