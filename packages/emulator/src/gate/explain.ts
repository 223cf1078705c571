import type { Problem } from "../generated/validators.js";
import { wording } from "./wording.ts";

/** Says where a body is wrong, what was expected and what was found: `/ContactItem/0/Type must be 1 or 2, but is 3`. */
export function explain(problem: Problem, body: unknown, whole = "The body"): string {
  const { instancePath, keyword, params } = problem;
  const value = at(body, instancePath);
  const place = instancePath || whole;
  if (keyword === "required") return missing(instancePath, String(params["missingProperty"]), value);
  const unknown = params["additionalProperty"] ?? params["unevaluatedProperty"];
  if (unknown === undefined) return `${place} ${wording(problem, value)}`;
  const name = String(unknown);
  return `${place} must not have the field ${JSON.stringify(name.length <= 64 ? name : `${name.slice(0, 64)}...`)}`;
}

function missing(pointer: string, name: string, value: unknown): string {
  const similar = Object.keys(value ?? {}).find((key) => key.length <= 64 && plain(key) === plain(name));
  const hint = similar === undefined ? "" : `; there is ${JSON.stringify(similar)}, and names are case-sensitive`;
  return `${pointer}/${name} is required, but is missing${hint}`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** The value at a JSON pointer of a validator, whose names have nothing to escape. */
export function at(body: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((node, token) => (node as Record<string, unknown> | undefined)?.[token], body);
}
