/** The paths of the control API, and its errors. */
import { controlBase, type ControlOperationId, controlRoutes } from "../generated/control.ts";
import type { components } from "../generated/control-types.ts";

/** A response of the control API. */
export interface ControlResponse {
  readonly status: number;
  readonly contentType: string;
  /** JSON text, or the pieces of a body of any size; `""` with 204. */
  readonly body: string | Pieces;
}

/** A body of any size. */
export type Pieces = AsyncIterable<string | Uint8Array>;

/** A body that is not a JSON text in memory. */
export class PiecesBody {
  readonly contentType: string;
  readonly pieces: Pieces;

  constructor(contentType: string, pieces: Pieces) {
    this.contentType = contentType;
    this.pieces = pieces;
  }
}

type ProblemDetails = components["schemas"]["Problem"];

/** Statuses of the errors of the control API, with their names. */
const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
} as const;

/** Ends a request of the control API with an error in the form of RFC 9457. */
export class ControlError extends Error {
  readonly status: keyof typeof titles;
  readonly errors: ProblemDetails["errors"];

  constructor(status: keyof typeof titles, detail: string, errors?: ProblemDetails["errors"]) {
    super(detail);
    this.name = "ControlError";
    this.status = status;
    this.errors = errors;
  }
}

/** Creates the response of a request that failed. */
export function errorResponse({ status, message, errors }: ControlError): ControlResponse & { readonly body: string } {
  const title = titles[status];
  const body: ProblemDetails = { type: "about:blank", title, status, detail: message, ...(errors && { errors }) };
  return { status, contentType: "application/problem+json", body: JSON.stringify(body) };
}

/** The operation of a request, and the values of its path and query. */
export interface Route {
  readonly id: ControlOperationId;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the operation. Throws a `ControlError` when there is none. */
export function findRoute(method: string, target: string): Route {
  const [path = "", query = ""] = target.slice(controlBase.length).split("?", 2);
  const found = Object.entries(controlRoutes).flatMap(([id, route]) => {
    const parameters = matchPath(route.path, path);
    return parameters ? [{ id: id as ControlOperationId, method: route.method, parameters }] : [];
  });
  const route = found.find((candidate) => candidate.method === method);
  if (route) return { id: route.id, parameters: { ...readQuery(query), ...route.parameters } };
  if (found.length > 0)
    throw new ControlError(
      405,
      `The method must be ${found.map((candidate) => candidate.method).join(" or ")}, but is ${method}.`,
    );
  const paths = [...new Set(Object.values(controlRoutes).map((known) => controlBase + known.path))];
  throw new ControlError(404, `The control API has no such path. Its paths are ${paths.join(", ")}.`);
}

/** Returns the values in a path; undefined when it does not match the template. */
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
      throw new ControlError(400, `The parameter ${JSON.stringify(name)} is given more than once.`, [
        { parameter: name, detail: "It must be given once." },
      ]);
    parameters[name] = value;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ControlError(400, "The path has invalid percent-encoding.");
  }
}
