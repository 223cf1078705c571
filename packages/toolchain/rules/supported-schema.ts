import type { Context, Location, Visitor } from "./redocly.ts";

interface Schema {
  $ref?: string;
  type?: unknown;
  oneOf?: Schema[];
  items?: Schema;
  pattern?: string;
  properties?: Record<string, Schema>;
}

const types = ["object", "array", "string", "integer"];

/** Rule: a request's schema is one that the client and the emulator make checks from, and every pattern is a regular expression. */
export function supportedSchema(): Visitor {
  return {
    RequestBody: {
      MediaType({ schema }: { schema?: Schema }, { location, ...context }): void {
        if (schema !== undefined) checkSchema(schema, location.child(["schema"]), context, new Set());
      },
    },
    Schema({ pattern }: Schema, { location, report }): void {
      if (pattern === undefined || isPattern(pattern)) return;
      report({
        message:
          "This is not a regular expression of ECMAScript with the flag `u`. Compare its brackets and backslashes.",
        location: location.child(["pattern"]),
      });
    },
  };
}

/** @param seen Places that were checked, each once. */
function checkSchema(
  schema: Schema,
  location: Location,
  context: Pick<Context, "report" | "resolve">,
  seen: Set<string>,
): void {
  const { report, resolve } = context;
  if (schema.$ref !== undefined) {
    const target = resolve(schema, location.source.absoluteRef);
    const place = `${target.location?.source.absoluteRef}${target.location?.pointer}`;
    if (target.location === undefined || seen.has(place)) return;
    return checkSchema(target.node as Schema, target.location, context, seen.add(place));
  }
  const { type, oneOf, items, properties = {} } = schema;
  const inside = (path: (string | number)[], part: Schema): void =>
    checkSchema(part, location.child(path), context, seen);

  if (Object.hasOwn(schema, "const")) return;
  if (oneOf !== undefined) {
    const alternatives = oneOf.map((branch) => constants(branch, location.source.absoluteRef, resolve));
    const shared = alternatives[0]?.some((name) => alternatives.every((names) => names.includes(name)));
    if (shared) return oneOf.forEach((branch, index) => inside(["oneOf", index], branch));
    report({
      message:
        "Nothing tells the alternatives of this `oneOf` apart. Give each of them the same required property with its own `const`.",
      location: location.child(["oneOf"]).key(),
    });
  } else if (typeof type !== "string" || !types.includes(type)) {
    const found = type === undefined ? "A schema without `type`" : `Type \`${[type].flat().join(", ")}\``;
    report({
      message: `${found} is not supported in a request: no check is made from it. Write one of ${types.map((one) => `\`${one}\``).join(", ")}, a \`const\`, or a \`oneOf\`.`,
      location: type === undefined ? location.key() : location.child(["type"]),
    });
  } else if (type === "array") {
    if (items === undefined)
      report({ message: "This array does not say what is in it. Write `items`.", location: location.key() });
    else inside(["items"], items);
  } else {
    for (const [name, property] of Object.entries(properties)) inside(["properties", name], property);
  }
}

/** The properties that a schema fixes with `const`. */
function constants(schema: Schema, from: string, resolve: Context["resolve"]): string[] {
  const { node } = schema.$ref === undefined ? { node: schema } : resolve(schema, from);
  return Object.entries((node as Schema | undefined)?.properties ?? {}).flatMap(([name, property]) =>
    Object.hasOwn(property, "const") ? [name] : [],
  );
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
