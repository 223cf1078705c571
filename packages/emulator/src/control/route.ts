import { controlBase, controlRoutes, type ControlOperationId } from "../generated/control.ts";
import { ProblemError } from "./problem.ts";

/** The operation that a request means, and the values of its path and query. */
export interface Route {
  readonly id: ControlOperationId;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Whether a target is for the control API. */
export function isControlTarget(target: string): boolean {
  return target.startsWith(`${controlBase}/`);
}

/** Finds the operation. Throws a `ProblemError` when there is none. */
export function findRoute(method: string, target: string): Route {
  const [path = "", query = ""] = target.slice(controlBase.length).split("?", 2);
  const found = Object.entries(controlRoutes).flatMap(([id, route]) => {
    const parameters = matchPath(route.path, path);
    return parameters ? [{ id: id as ControlOperationId, method: route.method, parameters }] : [];
  });
  const route = found.find((candidate) => candidate.method === method);
  if (route) return { id: route.id, parameters: { ...readQuery(query), ...route.parameters } };
  if (found.length > 0)
    throw new ProblemError(
      405,
      `The method must be ${found.map((candidate) => candidate.method).join(" or ")}, but is ${method}.`,
    );
  const paths = [...new Set(Object.values(controlRoutes).map((known) => controlBase + known.path))];
  throw new ProblemError(404, `The control API has no such path. It has ${paths.join(", ")}.`);
}

/** The values in a path, when it is of the template's form. */
function matchPath(template: string, path: string): Record<string, string> | undefined {
  const expected = template.split("/");
  const given = path.split("/");
  if (given.length !== expected.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? "";
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name !== undefined) parameters[name] = decode(value);
    else if (part !== value) return undefined;
  }
  return parameters;
}

function readQuery(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    if (Object.hasOwn(parameters, name))
      throw new ProblemError(400, `The parameter ${JSON.stringify(name)} is there twice.`, [
        { parameter: name, detail: "It must be there once." },
      ]);
    parameters[name] = value;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ProblemError(400, "The path has a percent sign that encodes nothing.");
  }
}
