/** Says in words why a value does not match a schema of the description. The verdict itself is Prism's. */
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ErrorCodes, Schema } from "./description.ts";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import { tellApart } from "./tell-apart.ts";
import { wording } from "./wording.ts";

/** A broken rule. */
export interface Reason {
  /** The broken keyword; `oneOf` for a field that this kind of object needs or must not have. */
  readonly keyword: string;
  /** JSON pointer of what is wrong, in the value. */
  readonly pointer: string;
  /** The code that the broken schema names for this keyword. */
  readonly code: number | undefined;
  /** Where, what was expected and what was found: `/ContactItem/0/Type must be 1 or 2, but is "1"`. */
  readonly text: string;
}

export type Explain = (value: unknown) => Reason[];

/** Keywords of the description that JSON Schema, and so Prism, does not have. */
export const ownKeywords: readonly string[] = ["x-maxBytes"];

/** Adds the description's own keywords to a validator that says all it knows about an error. */
export function validator(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, logger: false, ...options });
  addFormats.default(ajv);
  return ajv.addKeyword({
    keyword: "x-maxBytes",
    type: "string",
    schemaType: "number",
    validate: (limit: number, text: string) => Buffer.byteLength(text) <= limit,
  });
}

/** Makes the function that explains values of this schema: all reasons, the most useful first, or only the first one found. */
export function explainer(schema: Schema, all: boolean): Explain {
  const ajv = validator({ allErrors: all });
  const validate: ValidateFunction = ajv.compile(tellApart(schema));
  return (value) => (validate(value) ? [] : reasons(validate.errors ?? []));
}

function reasons(errors: readonly ErrorObject[]): Reason[] {
  const explained = new Set(
    errors.filter(({ keyword }) => !repeating.has(keyword)).flatMap(({ instancePath }) => ancestors(instancePath)),
  );
  const order = new Map<string, number>();
  for (const { instancePath } of errors) if (!order.has(instancePath)) order.set(instancePath, order.size);
  // Of what is wrong with one object, an unknown field comes first: it is the likely cause of a missing one.
  const rank = (error: ErrorObject): number =>
    (order.get(error.instancePath) ?? 0) * 2 + (unknownField(error) === undefined ? 1 : 0);
  const useful = errors.filter((error) => !isNoise(error, explained)).toSorted((one, other) => rank(one) - rank(other));
  const unique = new Map(useful.map((error) => [say(error), error]));
  return [...unique].map(([text, error]) => {
    const codes = error.parentSchema?.["x-errorCodes"] as ErrorCodes | undefined;
    return { keyword: ruleOf(error), pointer: pointerOf(error), code: codes?.[error.keyword], text };
  });
}

/** `tellApart` turned each branch of a `oneOf` into a condition, so what a branch requires or shuts out breaks the `oneOf`. */
function ruleOf(error: ErrorObject): string {
  const unknown = unknownField(error);
  const ofBranch =
    unknown === undefined
      ? /\/then(?:\/allOf\/\d+)*\/required$/.test(error.schemaPath)
      : fields(error.parentSchema ?? {}).includes(unknown);
  return ofBranch ? "oneOf" : error.keyword;
}

function pointerOf(error: ErrorObject): string {
  const field = (error.params["missingProperty"] as string | undefined) ?? unknownField(error);
  if (field === undefined) return error.instancePath;
  return `${error.instancePath}/${field.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Keywords whose errors can merely repeat that something else is wrong. */
const repeating = new Set(["if", "oneOf", "anyOf", "unevaluatedProperties"]);

function isNoise(error: ErrorObject, explained: ReadonlySet<string>): boolean {
  if (error.keyword === "if") return true;
  if (!repeating.has(error.keyword) || !explained.has(error.instancePath)) return false;
  // A field is unevaluated too when the branch that declares it has failed for another reason.
  const unknown = unknownField(error);
  return unknown === undefined || fields(error.parentSchema ?? {}).includes(unknown);
}

/** A JSON pointer and those of everything it is inside of. */
function ancestors(pointer: string): string[] {
  const tokens = pointer.split("/");
  return tokens.map((_, index) => tokens.slice(0, index + 1).join("/"));
}

function say(error: ErrorObject): string {
  const place = error.instancePath || "The body";
  if (error.keyword === "required") return `${error.instancePath}/${error.params["missingProperty"]} ${wording(error)}`;
  const unknown = unknownField(error);
  if (unknown === undefined) return `${place} ${wording(error)}`;
  const known = fields(error.parentSchema ?? {});
  if (known.includes(unknown)) return `${place} must not have the field "${unknown}"`;
  const meant = didYouMean(unknown, known);
  const name = unknown.length <= 64 ? unknown : `${unknown.slice(0, 64)}...`;
  return `${place} has the unknown field ${JSON.stringify(name)}${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
}

function unknownField({ params }: ErrorObject): string | undefined {
  return params["additionalProperty"] ?? params["unevaluatedProperty"];
}

/** The fields that a schema and its parts declare. */
function fields(schema: Schema): string[] {
  const parts = [schema.allOf, schema.anyOf, schema.oneOf, schema["then"], schema["else"]].flat() as (
    | Schema
    | undefined
  )[];
  return [...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => (part ? fields(part) : []))];
}
