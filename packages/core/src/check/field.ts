/**
 * A field of a request, a response or the query: its type, its limits and the error codes of its limits. It is built from the description's JSON Schema
 * with every `$ref` and `allOf` resolved, so that no other code has to read JSON Schema.
 */
export type Field = ObjectField | ArrayField | StringField | NumberField | BooleanField | ScalarField | UnionField;

/** What every field can have. */
export interface FieldBase {
  readonly description?: string;
  /** Name of the schema in `components.schemas`, where it has one. */
  readonly schema?: string;
  /** The only values that it can have. */
  readonly enum?: readonly (string | number | boolean | null)[];
  /** Whether it can be `null` as well. */
  readonly nullable?: true;
  /** The `ErrorCode` of a broken keyword, where the description names it. */
  readonly errors?: Readonly<Record<string, number>>;
  /** Keys of the documents that say so. */
  readonly sources?: readonly string[];
}

/** An object. */
export interface ObjectField extends FieldBase {
  readonly type: "object";
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
  /** Whether other fields are rejected. */
  readonly closed?: true;
  /** In an item of a request: names of fields that only responses have in items of its kind. */
  readonly responseOnly?: readonly string[];
}

/** A list. */
export interface ArrayField extends FieldBase {
  readonly type: "array";
  readonly items: Field;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A text. Lengths are in characters, as JSON Schema counts them; bytes are those of UTF-8. */
export interface StringField extends FieldBase {
  readonly type: "string";
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxBytes?: number;
  /** A larger limit that one of the documents gives. */
  readonly maxBytesDisputed?: number;
  /** A regular expression of ECMAScript with the flag `u`. */
  readonly pattern?: string;
}

/** A number. */
export interface NumberField extends FieldBase {
  readonly type: "integer" | "number";
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** `int64`: it can be beyond what a JavaScript number holds exactly. */
  readonly format?: string;
}

/** `true` or `false`. */
export interface BooleanField extends FieldBase {
  readonly type: "boolean";
}

/** A single value of any of some types. */
export interface ScalarField extends FieldBase {
  readonly type: "scalar";
  readonly types: readonly ("string" | "integer" | "number" | "boolean")[];
}

/** An object whose field `by` selects one of the alternatives. */
export interface UnionField extends FieldBase {
  readonly type: "union";
  readonly by: string;
  /** `value` is the value of `by`, which is a field of each alternative. The alternative without one is for every other value. */
  readonly alternatives: readonly (ObjectField & { readonly value?: string | number | boolean })[];
}
