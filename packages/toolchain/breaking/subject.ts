import type { Role } from "./branch.ts";
import { tokens } from "./node.ts";

/** The roles whose keys are names of their own: a code, an operation, a region, an example. */
export const naming: ReadonlySet<Role> = new Set<Role>([
  "errors",
  "limits",
  "checks",
  "servers",
  "operations",
  "parameters",
  "examples",
  "componentNames",
  "schemes",
  "tags",
]);

/** The role of the branch that holds the key, the key, its pointer, and the nearest name above it. */
export interface Place {
  role: Role;
  key: string;
  pointer: string;
  name: string;
}

/**
 * What a difference is about, as a program names it: `GetContactGroupRequest.StartIndex`, `51011`, `create_contact_group`.
 *
 * Inside a component the name is the component's with the fields below it; elsewhere it is the nearest name above.
 */
export function subjectOf({ role, key, pointer, name }: Place): string {
  if (naming.has(role)) return last(key);
  const path = tokens(pointer);
  if (path[0] === "components" && path[1] === "schemas") {
    const fields = path.filter((_, index) => index > 3 && path[index - 1] === "properties");
    return [path[2], ...fields, ...(role === "required" ? [key] : [])].join(".");
  }
  if (role === "texts" || role === "document") return path.slice(0, 3).join(".");
  return role === "properties" || role === "required" ? key : last(name);
}

/** The name without the method, the place and the folders before it. */
function last(name: string): string {
  return name.split(/[ /]/).at(-1)!;
}
