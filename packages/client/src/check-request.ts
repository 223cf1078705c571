import { check, explain } from "@contact-groups/core/check";
import { requestBodies, type Field, type OperationId } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";

/** How a request is checked before a call is spent on it. */
export interface RequestCheckOptions {
  /** Whether lists can be longer than one call takes. */
  readonly anyLength?: boolean;
  /** The fields of the body; those of the operation's request unless given. */
  readonly field?: Field;
}

/**
 * Checks a request's body by what the OpenAPI description says of it, so that no call is spent on one that would be refused. Throws
 * an `InvalidArgumentError` with the JSON pointer of the first field that is wrong, the limit, and the value's size, never a text.
 *
 * Where documents dispute a limit, the larger one counts, and fields that the description does not know are left alone: what the service may
 * accept is sent.
 */
export function checkRequest(operation: OperationId, body: unknown, options: RequestCheckOptions = {}): void {
  const { anyLength = false, field = requestBodies[operation] } = options;
  const [issue] = check(field, body, { closed: false, disputed: "larger", exact: true, anyLength });
  if (issue === undefined) return;
  const message = explain(issue, { values: false, disputed: true });
  throw new InvalidArgumentError(issue.pointer, "", "", { operation, message });
}
