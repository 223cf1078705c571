import type { BatchInit } from "./call-init.ts";
import type { BatchOperation } from "./declared.ts";
import { BatchError, InvalidArgumentError, PartialFailureError } from "./errors.ts";

/** Returns the pointer into the caller's argument of a pointer into the body that was built from it. */
export type ToOwnPointer = (pointer: string) => string;

/** What can have items that failed. */
interface WithFailures {
  readonly failures?: readonly { readonly pointer: string | undefined }[];
}

/**
 * Resolves and rejects as a call of an operation does, with pointers into the argument that the caller gave instead of into the body that was built
 * from it: those of failed items, and those of a rejected request.
 *
 * @throws The error of the call.
 */
export async function withOwnPointers<Result extends object>(
  call: Promise<Result>,
  toOwn: ToOwnPointer,
): Promise<Result> {
  try {
    return point(await call, toOwn);
  } catch (error) {
    if (error instanceof PartialFailureError) point(error, toOwn);
    else if (error instanceof BatchError) point(error.partial, toOwn);
    else if (error instanceof InvalidArgumentError && error.pointer !== undefined) {
      const { pointer, message, operation, cause } = error;
      // The message begins with the pointer, or with that of the object which has the field.
      const text = message.replace(/^\/\S*/, (found) => toOwn(found));
      throw new InvalidArgumentError(toOwn(pointer), "", "", {
        operation,
        message: text,
        ...(cause !== undefined && { cause }),
      });
    }
    throw error;
  }
}

/** Returns options of a call whose `onProgress` is called with pointers into the argument that the caller gave. */
export function withOwnProgress<Operation extends BatchOperation>(
  init: BatchInit<Operation> | undefined,
  toOwn: ToOwnPointer,
): BatchInit<Operation> | undefined {
  const onProgress = init?.onProgress;
  return onProgress === undefined
    ? init
    : { ...init, onProgress: (progress) => onProgress({ ...progress, result: point(progress.result, toOwn) }) };
}

/** Changes the pointers in place: the call created the failures, and an error shows its own. */
function point<Holder extends object>(holder: Holder, toOwn: ToOwnPointer): Holder {
  for (const failure of ((holder as WithFailures).failures ?? []) as readonly { pointer: string | undefined }[])
    if (failure.pointer !== undefined) failure.pointer = toOwn(failure.pointer);
  return holder;
}
