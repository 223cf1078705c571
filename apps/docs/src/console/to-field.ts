import type { Description, Schema } from "../reference/openapi-types.ts";
import { merge } from "../reference/schema-rows.ts";
import type { ChoiceField, Field, ObjectField } from "./field.ts";

interface RuledSchema extends Schema {
  readonly "x-errorCodes"?: Readonly<Record<string, number>>;
  readonly "x-maxBytesDisputed"?: number;
}

/** The form and the rules of a request's schema. Fails the build on a schema that no form can be made of. */
export function toField(description: Description, schema: Schema): Field {
  const merged: RuledSchema = merge(description, schema);
  const common = { description: merged.description ?? "", codes: merged["x-errorCodes"] ?? {} };
  if (merged.oneOf) return { kind: "choice", ...common, ...choice(description, merged.oneOf) };
  switch (merged.type) {
    case "string":
      return {
        kind: "text",
        ...common,
        minLength: merged.minLength ?? 0,
        maxBytes: merged["x-maxBytes"],
        disputedBytes: merged["x-maxBytesDisputed"],
        pattern: merged.pattern,
      };
    case "integer":
      return { kind: "integer", ...common, minimum: merged.minimum };
    case "array":
      if (!merged.items) break;
      return {
        kind: "list",
        ...common,
        minItems: merged.minItems ?? 0,
        maxItems: merged.maxItems,
        items: toField(description, merged.items),
      };
    case "object":
      return objectField(description, merged);
  }
  throw new Error(`The console has no form for a schema of type ${String(merged.type)}.`);
}

function objectField(description: Description, schema: RuledSchema, without?: string): ObjectField {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name !== without);
  return {
    kind: "object",
    description: schema.description ?? "",
    codes: schema["x-errorCodes"] ?? {},
    required: (schema.required ?? []).filter((name) => name !== without),
    fields: Object.fromEntries(properties.map(([name, property]) => [name, toField(description, property)])),
  };
}

function choice(description: Description, schemas: readonly Schema[]): Pick<ChoiceField, "by" | "branches"> {
  const branches = schemas.map((schema) => {
    const merged = merge(description, schema);
    const constant = Object.entries(merged.properties ?? {}).find(([, property]) => typeof property.const === "number");
    if (!constant) throw new Error("The console needs a field with a const in each branch of a oneOf.");
    const [by, property] = constant;
    return { by, ...objectField(description, merged, by), tag: Number(property.const) };
  });
  const [first] = branches;
  if (!first) throw new Error("The console has no form for an empty oneOf.");
  return { by: first.by, branches };
}
