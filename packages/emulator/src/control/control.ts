/** The control API, under `/__emulator/`, without an adapter. */
import { show } from "@contact-groups/core/check";
import type { Field } from "@contact-groups/openapi/model";
import { checkDocument, DocumentError } from "../document.ts";
import { controlBodies, controlParameters, controlRoutes } from "../generated/control.ts";
import { RemovedAppError } from "../live-app.ts";
import { isControlTarget, isHealthTarget, type RawRequest } from "../request.ts";
import { fromText } from "../request-checks.ts";
import { type ControlParts, findApp, type HandlerRequest, handlers, stateOperations } from "./handlers.ts";
import {
  ControlError,
  type ControlResponse,
  errorResponse,
  findRoute,
  type Pieces,
  PiecesBody,
  type Route,
} from "./routes.ts";
import { linesType, readDocument, readLines, type StateInput } from "../state/state-text.ts";

/** A request as an adapter received it. */
export interface ControlRequest extends Omit<RawRequest, "body"> {
  /** The body; pieces when `takesPieces` returns true for the request. */
  readonly body: RawRequest["body"] | AsyncIterable<Uint8Array>;
  /** The header `Content-Type`. */
  readonly contentType?: string | undefined;
  /** The header `Accept`. */
  readonly accept?: string | undefined;
}

/** Largest JSON body in bytes that is read as a whole. */
export const maxControlBodyBytes: number = 64 * 1024 * 1024;

/** The control API. */
export interface ControlApi {
  /** Whether a target is served by the control API: one under `/__emulator/`, or only `/health` of an emulator that is public. */
  handles(target: string): boolean;
  /** Whether the body of a request can have any size, so that `respond` reads it itself. */
  takesPieces(method: string, target: string): boolean;
  /** Returns undefined for a target that it does not handle. It does not throw, and a promise is not rejected. */
  respond(request: ControlRequest): ControlResponse | Promise<ControlResponse> | undefined;
}

/** Creates the control API of an emulator. */
export function createControl(parts: ControlParts): ControlApi {
  const handles = parts.isPublic ? isHealthTarget : isControlTarget;
  return {
    handles,
    takesPieces: (method, target) => handles(target) && takesPieces(method, target),
    respond(request) {
      if (!handles(request.target)) return undefined;
      const fail = (error: unknown): ControlResponse => errorResponse(toControlError(error));
      try {
        const response = respond(request, parts);
        return response instanceof Promise ? response.catch(fail) : response;
      } catch (error) {
        return fail(error);
      }
    },
  };
}

/** An unknown path has an error as its response, whatever the body is. */
function takesPieces(method: string, target: string): boolean {
  try {
    return stateOperations.has(findRoute(method, target).id);
  } catch {
    return false;
  }
}

function respond(request: ControlRequest, parts: ControlParts): ControlResponse | Promise<ControlResponse> {
  const route = findRoute(request.method, request.target);
  const { status } = controlRoutes[route.id];
  const parameters = checkParameters(route) as ScopeNames;
  const field = controlBodies[route.id];
  // The checks prove that the values have their types; TypeScript cannot see that.
  const handler = handlers[route.id] as (request: HandlerRequest<never>, parts: ControlParts) => unknown;
  const wantsLines = isLines(request.accept);
  const run = (body: object | undefined): unknown =>
    handler(toHandlerRequest({ parameters, body, wantsLines }, parts) as HandlerRequest<never>, parts);
  const toResponse = (result: unknown): ControlResponse | Promise<ControlResponse> => {
    if (result instanceof PiecesBody) return begin(status, result);
    return { status, contentType: "application/json", body: result === undefined ? "" : JSON.stringify(result) };
  };
  if (stateOperations.has(route.id)) return readState(request).then(run).then(toResponse);
  const result = run(field && (readBody(field, request) as object));
  return result instanceof Promise ? result.then(toResponse) : toResponse(result);
}

/** The parts of a request that can name an app. */
interface ScopeNames {
  readonly sdkAppId?: number;
}

/** Characters of a body that is sent at once. */
const smallText = 64 * 1024;

/** Reads the beginning of a body, so that an error that comes at once is a response of its own. */
async function begin(status: number, { contentType, pieces }: PiecesBody): Promise<ControlResponse> {
  const iterator = pieces[Symbol.asyncIterator]();
  let text = "";
  for (;;) {
    const { done, value } = await iterator.next();
    if (done === true) return { status, contentType, body: text };
    if (typeof value !== "string") return { status, contentType, body: resume(value, iterator) };
    text += value;
    if (text.length > smallText) return { status, contentType, body: resume(text, iterator) };
  }
}

/** Returns the pieces of a body of which some were read. Unlike a generator, it closes the rest also when nobody has begun to read. */
function resume(first: string | Uint8Array, rest: AsyncIterator<string | Uint8Array>): Pieces {
  const later = rest.next.bind(rest);
  let next = async (): ReturnType<typeof later> => {
    next = later;
    return { done: false, value: first };
  };
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => next(),
      async return() {
        await rest.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** What was read of a request. */
interface ReadRequest {
  readonly parameters: ScopeNames;
  readonly body: ScopeNames | undefined;
  readonly wantsLines: boolean;
}

/** Adds what a request is about. Only a handler that asks for an app fails when there is none. */
function toHandlerRequest(request: ReadRequest, { apps, whole }: ControlParts): object {
  const { parameters, body } = request;
  return {
    ...request,
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

/** Reads a JSON body. The items of its lists of accounts and chat groups are checked when they are added. */
function readBody(field: Field, { body, contentType = "" }: ControlRequest): unknown {
  const text = textOf(body);
  if (!isJson(contentType)) throw wrongType(contentType, "application/json");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ControlError(400, `The body is not JSON: ${error instanceof Error ? error.message : ""}.`);
  }
  checkDocument(withoutItems(value), field);
  return value;
}

function textOf(body: ControlRequest["body"]): string {
  if (typeof body === "string") return body;
  if (!("unreadable" in body)) throw new ControlError(500, "The adapter has not read the body.");
  if (body.unreadable === "too large")
    throw new ControlError(413, `The body must have at most ${maxControlBodyBytes} bytes.`);
  throw new ControlError(400, "The body is not JSON: it is not UTF-8.");
}

/** Reads a state: a JSON document, or lines. */
async function readState({ body, contentType = "" }: ControlRequest): Promise<StateInput> {
  const pieces = typeof body === "string" || "unreadable" in body ? [textOf(body)] : body;
  // A page of any site can send every other type without a preflight.
  if (isLines(contentType)) return { lines: readLines(pieces) };
  if (!isJson(contentType)) throw wrongType(contentType, `application/json or ${linesType}`);
  try {
    return await readDocument(pieces, maxControlBodyBytes);
  } catch (error) {
    if (error instanceof RangeError) throw new ControlError(413, error.message);
    if (!(error instanceof DocumentError)) throw error;
    throw new ControlError(400, error.message.replace("The text", "The body"));
  }
}

function isJson(contentType: string): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType);
}

function isLines(types = ""): boolean {
  return /(?:^|[\s,])application\/(?:x-)?ndjson\s*(?:[;,]|$)/i.test(types);
}

function wrongType(contentType: string, expected: string): ControlError {
  const found = contentType === "" ? "missing" : show(contentType);
  return new ControlError(415, `The header Content-Type must be ${expected}, but is ${found}.`);
}

/** Empties the lists whose items are checked in slices. */
function withoutItems(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { accounts, chatGroups } = value as { readonly accounts?: unknown; readonly chatGroups?: unknown };
  return {
    ...value,
    ...(Array.isArray(accounts) && { accounts: [] }),
    ...(Array.isArray(chatGroups) && { chatGroups: [] }),
  };
}

function toControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error;
  if (error instanceof RemovedAppError) return new ControlError(409, error.message);
  const detail = error instanceof Error ? error.message : "The emulator failed.";
  // What an app or a setting must be is checked as an option.
  if (error instanceof TypeError && !(error instanceof DocumentError)) return new ControlError(422, detail);
  if (!(error instanceof DocumentError)) return new ControlError(500, detail);
  return new ControlError(422, detail, [{ pointer: `#${encodeURI(error.pointer)}`, detail }]);
}
