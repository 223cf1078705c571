import type { PublicName } from "../api/surface.ts";
import type { RepositoryViolation } from "./violation.ts";

/**
 * Finds each public name without a doc comment, each function, class and constant without an example, and each name that the README of its package does not have. Types
 * that are generated from the description need no place in a README: the reference has them.
 */
export function checkPublicNames(names: readonly PublicName[], readme: string): readonly RepositoryViolation[] {
  const words = new Set(readme.match(/\w+/g));
  return names.flatMap(({ entry, name, isValue, isDocumented, isOfDescription, tags }) => {
    const found = [
      ...(isDocumented ? [] : ["It has no doc comment. Describe what it is for."]),
      ...(!isValue || isOfDescription || tags.includes("example") ? [] : ["Its doc comment has no @example. Add one."]),
      ...(isOfDescription || words.has(name)
        ? []
        : ["The README does not name it. Describe it there, or do not export it."]),
    ];
    return found.map((what) => ({ where: `${name} of ${entry}`, what }));
  });
}
