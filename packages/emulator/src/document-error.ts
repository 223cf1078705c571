import { check, explain, type RequestViolation } from "@contact-groups/core/check";
import type { Field } from "@contact-groups/openapi/model";

/** That a document, such as a seed or a fault, has a wrong value. The message names its place. */
export class DocumentError extends TypeError {
  /** JSON pointer of the wrong value; empty for the whole document. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = "DocumentError";
    this.pointer = pointer;
  }

  /** `what` goes on where the pointer ends: `must be a string`. */
  static at(pointer: string, what: string): DocumentError {
    return new DocumentError(pointer, `${pointer || "The document"} ${what}.`);
  }
}

/** Throws a `DocumentError` for the first value that the field does not allow. */
export function checkDocument(value: unknown, field: Field): void {
  // A limit that documents dispute is a setting, and a seed is over any limit.
  const [issue] = check(field, value, { disputed: "none" });
  if (!issue) return;
  const known = knownNames(issue);
  const hint = known.length > 0 ? ` It can have ${known.join(", ")}.` : "";
  throw new DocumentError(issue.pointer, `${explain(issue, { whole: "The document" })}.${hint}`);
}

/** The fields that the object of an unknown one can have. */
function knownNames({ rule, field, owner }: RequestViolation): readonly string[] {
  if (rule !== "additionalProperties" && rule !== "oneOf") return [];
  const object = field.type === "union" ? field.alternatives.find(({ value }) => value === owner?.[field.by]) : field;
  return object?.type === "object" ? Object.keys(object.fields) : [];
}
