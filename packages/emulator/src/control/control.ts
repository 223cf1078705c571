/** The control API, under `/__emulator/`, without an adapter. */
import { show } from "@contact-groups/core/check";
import type { UnreadableBody } from "@contact-groups/core/node-http";
import type { Field } from "@contact-groups/openapi/model";
import { checkDocument, DocumentError } from "../document.ts";
import { controlBodies, controlParameters, controlRoutes } from "../generated/control.ts";
import { isControlTarget, isHealthTarget, type RawRequest } from "../request.ts";
import { fromText } from "../request-checks.ts";
import { type ControlParts, findApp, type HandlerRequest, handlers } from "./handlers.ts";
import { ControlError, type ControlResponse, errorResponse, findRoute, type Route } from "./routes.ts";

/** A request as an adapter received it. */
export interface ControlRequest extends RawRequest {
  /** The header `Content-Type`. */
  readonly contentType?: string | undefined;
}

/** Largest body in bytes that an adapter reads for the control API: a whole state can be sent. */
export const maxControlBodyBytes: number = 64 * 1024 * 1024;

/** The control API. */
export interface ControlApi {
  /** Whether a target is served by the control API: one under `/__emulator/`, or only `/health` of an emulator that is public. */
  handles(target: string): boolean;
  /** Returns undefined for a target that it does not handle. It is synchronous and does not throw. */
  respond(request: ControlRequest): ControlResponse | undefined;
}

/** Creates the control API of an emulator. */
export function createControl(parts: ControlParts): ControlApi {
  const handles = parts.isPublic ? isHealthTarget : isControlTarget;
  return {
    handles,
    respond(request) {
      if (!handles(request.target)) return undefined;
      try {
        return respond(request, parts);
      } catch (error) {
        return errorResponse(toControlError(error));
      }
    },
  };
}

function respond(request: ControlRequest, parts: ControlParts): ControlResponse {
  const route = findRoute(request.method, request.target);
  const { status } = controlRoutes[route.id];
  const parameters = checkParameters(route) as ScopeNames;
  const field = controlBodies[route.id];
  const body = field && (readBody(field, request.body, request.contentType) as ScopeNames);
  // The checks prove that the values have their types; TypeScript cannot see that.
  const handler = handlers[route.id] as (request: HandlerRequest<never>, parts: ControlParts) => unknown;
  const result = handler(toHandlerRequest(parameters, body, parts) as HandlerRequest<never>, parts);
  return { status, contentType: "application/json", body: result === undefined ? "" : JSON.stringify(result) };
}

/** The parts of a request that can name an app. */
interface ScopeNames {
  readonly sdkAppId?: number;
}

/** Adds what a request is about. Only a handler that asks for an app fails when there is none. */
function toHandlerRequest(parameters: ScopeNames, body: ScopeNames | undefined, { apps, whole }: ControlParts): object {
  return {
    parameters,
    body,
    get scope() {
      return parameters.sdkAppId === undefined ? whole : findApp(apps, parameters.sdkAppId);
    },
    get app() {
      return findApp(apps, parameters.sdkAppId ?? body?.sdkAppId ?? apps.first.sdkAppId);
    },
  };
}

const noParameters: Field = { type: "object", required: [], fields: {}, closed: true };

function checkParameters({ id, parameters }: Route): object {
  const field = controlParameters[id] ?? noParameters;
  const known = field.type === "object" ? field.fields : {};
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, text]) => [
      name,
      Object.hasOwn(known, name) ? fromText(known[name]!, text) : text,
    ]),
  );
  try {
    checkDocument(values, field);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const [, name = ""] = error.pointer.split("/");
    const detail = error.message
      .replace(/^\/\w+/, `The parameter ${name}`)
      .replace(/^The document must not have the field/, "The query must not have the parameter")
      .replace(" Its fields can be ", " Its parameters can be ");
    const isInPath = controlRoutes[id].path.includes(`{${name}}`);
    throw new ControlError(isInPath ? 404 : 400, detail, [{ parameter: name, detail }]);
  }
  return values;
}

function readBody(field: Field, body: string | UnreadableBody, contentType = ""): unknown {
  if (typeof body !== "string") {
    if (body.unreadable === "too large")
      throw new ControlError(413, `The body must have at most ${maxControlBodyBytes} bytes.`);
    throw new ControlError(400, "The body is not JSON: it is not UTF-8.");
  }
  // A page of any site can send every other type without a preflight.
  if (!/^application\/json\s*(?:;|$)/i.test(contentType))
    throw new ControlError(
      415,
      `The header Content-Type must be application/json, but is ${contentType === "" ? "missing" : show(contentType)}.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new ControlError(400, `The body is not JSON: ${error instanceof Error ? error.message : ""}.`);
  }
  checkDocument(value, field);
  return value;
}

function toControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error;
  const detail = error instanceof Error ? error.message : "The emulator failed.";
  // What an app or a setting must be is checked as an option.
  if (error instanceof TypeError && !(error instanceof DocumentError)) return new ControlError(422, detail);
  if (!(error instanceof DocumentError)) return new ControlError(500, detail);
  return new ControlError(422, detail, [{ pointer: `#${encodeURI(error.pointer)}`, detail }]);
}
