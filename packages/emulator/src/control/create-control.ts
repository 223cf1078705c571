import type { Field } from "@contact-groups/openapi/model";
import { DocumentError, checkDocument } from "../document-error.ts";
import { fromText } from "../gate/query.ts";
import { controlBodies, controlParameters, controlRoutes } from "../generated/control.ts";
import type { Control, ControlAnswer, ControlRequest } from "./control.ts";
import * as clock from "./clock.ts";
import * as faults from "./faults.ts";
import type { ControlParts, HandlerRequest, Handlers } from "./handlers.ts";
import * as health from "./health.ts";
import * as journal from "./journal.ts";
import * as marks from "./marks.ts";
import * as people from "./people.ts";
import { ProblemError, problemAnswer } from "./problem.ts";
import { findRoute, isControlTarget, type Route } from "./route.ts";
import * as state from "./state.ts";

const handlers: Handlers = { ...clock, ...faults, ...health, ...journal, ...marks, ...people, ...state };

/** Makes the control API of an emulator. */
export function createControl(parts: ControlParts): Control {
  return {
    answer(request) {
      if (!isControlTarget(request.target)) return undefined;
      try {
        return answer(request, parts);
      } catch (error) {
        return problemAnswer(toProblem(error));
      }
    },
  };
}

function answer(request: ControlRequest, parts: ControlParts): ControlAnswer {
  const route = findRoute(request.method, request.target);
  const { status } = controlRoutes[route.id];
  const parameters = checkParameters(route);
  const field = controlBodies[route.id];
  const body = field && readBody(field, request);
  // The checks prove that the values are of their types; TypeScript cannot see that.
  const handler = handlers[route.id] as (given: HandlerRequest<never>, given2: ControlParts) => unknown;
  const reply = handler({ parameters, body } as HandlerRequest<never>, parts);
  return { status, contentType: "application/json", body: reply === undefined ? "" : JSON.stringify(reply) };
}

function checkParameters({ id, parameters }: Route): object {
  const field = controlParameters[id];
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
    const detail = error.message.replace(/^\/\w+/, `The parameter ${name}`).replace(/^The document/, "The query");
    const isInPath = controlRoutes[id].path.includes(`{${name}}`);
    throw new ProblemError(isInPath ? 404 : 400, detail, [{ parameter: name, detail }]);
  }
  return values;
}

function readBody(field: Field, { body, contentType = "" }: ControlRequest): unknown {
  if (typeof body !== "string") {
    if (body.unreadable === "too large") throw new ProblemError(413, "The body is larger than the control API reads.");
    throw new ProblemError(400, "The body is not JSON: it is not UTF-8.");
  }
  // A page of any site can send every other type without asking.
  if (!/^application\/json\s*(?:;|$)/i.test(contentType))
    throw new ProblemError(415, "The header Content-Type must be application/json.");
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new ProblemError(400, `The body is not JSON: ${error instanceof Error ? error.message : ""}.`);
  }
  checkDocument(value, field);
  return value;
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const detail = error instanceof Error ? error.message : "The emulator failed.";
  if (!(error instanceof DocumentError)) return new ProblemError(500, detail);
  return new ProblemError(422, detail, [{ pointer: `#${encodeURI(error.pointer)}`, detail }]);
}
