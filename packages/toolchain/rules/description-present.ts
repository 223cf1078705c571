import { isComponent } from "./components.ts";
import type { Context, Visitor } from "./redocly.ts";

interface Described {
  description?: unknown;
}

/**
 * Rule: servers, security schemes, component schemas and properties say what they are for. Operations, parameters and tags are left to
 * Redocly's own rules `operation-description`, `parameter-description` and `tag-description`.
 */
export function descriptionPresent(): Visitor {
  return {
    Server: requireDescription,
    SecurityScheme: requireDescription,
    Schema(schema: Described, context): void {
      if (isComponent(context.location)) requireDescription(schema, context);
    },
    SchemaProperties(properties: Record<string, Described>, { location, report, resolve }): void {
      for (const [name, property] of Object.entries(properties)) {
        if (isText(property.description) || isText((resolve(property).node as Described | undefined)?.description))
          continue;
        report({
          message: `Property \`${name}\` has no \`description\`. Say what it is for, its unit and its limit.`,
          location: location.child([name]).key(),
        });
      }
    },
  };
}

function requireDescription(node: Described, { location, report, type }: Context): void {
  if (isText(node.description)) return;
  report({
    message: `This ${type.name} has no \`description\`. Say in one sentence what it is for.`,
    location: location.key(),
  });
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
