/** What a request's body may be, as far as the form and the check need it. Made from the description at build time. */
export type Field = TextField | IntegerField | ListField | ObjectField | ChoiceField;

interface Described {
  readonly description: string;
  /** Codes that the service answers with, by the keyword of the rule that is broken. */
  readonly codes: Readonly<Record<string, number>>;
}

export interface TextField extends Described {
  readonly kind: "text";
  readonly minLength: number;
  readonly maxBytes: number | undefined;
  /** What the most generous document allows. */
  readonly disputedBytes: number | undefined;
  readonly pattern: string | undefined;
}

export interface IntegerField extends Described {
  readonly kind: "integer";
  readonly minimum: number | undefined;
}

export interface ListField extends Described {
  readonly kind: "list";
  readonly minItems: number;
  readonly maxItems: number | undefined;
  readonly items: Field;
}

export interface ObjectField extends Described {
  readonly kind: "object";
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
}

/** An object whose field `by` tells which of the branches it is. */
export interface ChoiceField extends Described {
  readonly kind: "choice";
  readonly by: string;
  /** Their `fields` are without `by`. */
  readonly branches: readonly (ObjectField & { readonly tag: number })[];
}

/** The value to begin with when a part is added. */
export function blank(field: Field): unknown {
  switch (field.kind) {
    case "text":
      return "";
    case "integer":
      return field.minimum ?? 0;
    case "list":
      return Array.from({ length: field.minItems }, () => blank(field.items));
    case "object":
      return Object.fromEntries(field.required.map((name) => [name, blank(field.fields[name]!)]));
    case "choice": {
      const [first] = field.branches;
      return first && blankBranch(field, first);
    }
  }
}

/** A value of one branch, with nothing of the others. */
export function blankBranch(field: ChoiceField, branch: ChoiceField["branches"][number]): unknown {
  return { [field.by]: branch.tag, ...(blank(branch) as object) };
}
