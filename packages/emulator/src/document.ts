import { check, explain, type RequestViolation } from "@contact-groups/core/check";
import type { Field } from "@contact-groups/openapi/model";

/**
 * Thrown for a document, such as a seed or a fault, that has an invalid value. The message names its place.
 *
 * @example
 * ```ts
 * try {
 *   emulator.seed(document);
 * } catch (error) {
 *   if (error instanceof DocumentError) console.error(error.pointer, error.message);
 * }
 * ```
 */
export class DocumentError extends TypeError {
  /** JSON pointer of the invalid value; empty for the whole document. */
  readonly pointer: string;

  /**
   * Creates an error.
   *
   * @param pointer JSON pointer of the invalid value.
   * @param message Where, what was expected, and what was found.
   */
  constructor(pointer: string, message: string) {
    super(message);
    this.name = "DocumentError";
    this.pointer = pointer;
  }

  /**
   * Creates an error whose message begins with the pointer.
   *
   * @internal
   */
  static at(pointer: string, what: string): DocumentError {
    return new DocumentError(pointer, `${pointer || "The document"} ${what}.`);
  }
}

/** Throws a `DocumentError` for the first value that the field does not allow. */
export function checkDocument(value: unknown, field: Field): void {
  // A limit on which documents disagree is a setting, and limits do not apply to a seed.
  const [violation] = check(field, value, { disputed: "none" });
  if (!violation) return;
  const known = knownNames(violation);
  const hint = known.length > 0 ? ` Its fields can be ${known.join(", ")}.` : "";
  throw new DocumentError(violation.pointer, `${explain(violation, { whole: "The document" })}.${hint}`);
}

/** Returns the fields that the object of an unknown one can have. */
function knownNames({ rule, field, owner }: RequestViolation): readonly string[] {
  if (rule !== "additionalProperties" && rule !== "oneOf") return [];
  const object = field.type === "union" ? field.alternatives.find(({ value }) => value === owner?.[field.by]) : field;
  return object?.type === "object" ? Object.keys(object.fields) : [];
}
