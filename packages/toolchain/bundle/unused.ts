import { dirname, resolve } from "node:path";
import type { Moment } from "./memory.ts";
import { type Problem, placeText, type Show } from "./problem.ts";

/** The files that are read by their names; each other one is part of the description only where a `$ref` leads to it. */
const roots = /[\\/](openapi|redocly)\.yaml$/;

/**
 * What nothing refers to, and so is in no bundle: a file, or an entry of a file whose entries are referred to one by one, as those of `servers.yaml`.
 */
export function unused(paths: readonly string[], moment: Moment, show: Show): Problem[] {
  const used = new Set(paths.flatMap((path) => [...references(moment.parse(path), path)]));
  const inUse = [...used];
  return paths.flatMap((path) => {
    if (roots.test(path) || used.has(path)) return [];
    const entries = inUse.filter((reference) => reference.startsWith(`${path}#/`));
    if (entries.length === 0)
      return [
        `${show(path)}:1:1 Nothing refers to this file, so it has no effect. Add its $ref, as its neighbours have one, or delete the file.`,
      ];
    return Object.keys(moment.parse(path) as object)
      .filter((key) => !entries.some((reference) => `${reference}/`.startsWith(`${path}#/${key}/`)))
      .map((key) => {
        const place = placeText({ source: moment.read(path), pointer: `#/${key}`, reportOnKey: true }, show);
        return `${place} Nothing refers to \`${key}\`, so it has no effect. Add its $ref to openapi.yaml, as its neighbours have one, or remove it.`;
      });
  });
}

/** Each `$ref` to a file: its absolute path, with the fragment where there is one. */
function* references(node: unknown, path: string): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key !== "$ref" || typeof value !== "string") yield* references(value, path);
    else if (!value.startsWith("#")) yield resolve(dirname(path), value);
  }
}
