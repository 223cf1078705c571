import type { UnreadableBody } from "../core/core-call.ts";
import { bodyErrors } from "../generated/body-errors.ts";
import { gateErrors } from "../generated/gate.ts";
import type { OperationId } from "../generated/operations.ts";
import {
  body_createContactGroup,
  body_getContactGroup,
  body_searchContactGroup,
  type Problem,
  type Validate,
} from "../generated/validators.js";
import type { Refusal } from "../refusal.ts";
import type { RuleId } from "../rule.ts";
import type { Settings } from "../settings.ts";
import { at, explain } from "./explain.ts";
import { normalise } from "./normalise.ts";

const validators: Readonly<Record<OperationId, Validate>> = {
  createContactGroup: body_createContactGroup,
  getContactGroup: body_getContactGroup,
  searchContactGroup: body_searchContactGroup,
};

/** A body that was read and is valid, or why it is not. */
export type CheckedBody = { readonly value: unknown } | { readonly refusal: Refusal };

/** Reads a body and checks it against the operation's request schema. */
export function checkBody(operation: OperationId, body: string | UnreadableBody, settings: Settings): CheckedBody {
  if (typeof body !== "string") {
    if (body.unreadable === "too large")
      return refuse("gate.size", "size", "The body is larger than the emulator reads");
    return refuse("gate.syntax", "syntax", "The body is not JSON: it is not UTF-8");
  }
  if (body === "") return refuse("gate.syntax", "syntax", "The body is empty. It must be JSON");
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    // The whole message can quote the body, which is not for an answer.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    return refuse("gate.syntax", "syntax", `The body is not JSON: its syntax is wrong${place ? ` ${place}` : ""}`);
  }
  normalise(value, settings);
  const validate = validators[operation];
  if (validate(value)) return { value };
  const [problem] = validate.errors ?? [];
  if (!problem) return refuse("gate.body", "body", "The body is not valid");
  const error = bodyErrors[operation][problem.schemaPath] ?? gateErrors.body;
  return { refusal: { rule: ruleOf(operation, problem, value), error, why: explain(problem, value) } };
}

/** The rule that a broken keyword stands for. */
function ruleOf(operation: OperationId, { instancePath, schemaPath, keyword, params }: Problem, body: unknown): RuleId {
  if (
    keyword === "additionalProperties" &&
    schemaPath.includes("/then/") &&
    ids.has(String(params["additionalProperty"]))
  )
    return "gate.both-ids";
  if (keyword === "type" && instancePath.endsWith("/Type") && typeof at(body, instancePath) === "string")
    return "gate.string-type";
  const rule = ruleOfPlace[`${operation} ${instancePath.slice(instancePath.lastIndexOf("/"))} ${keyword}`];
  return rule ?? "gate.body";
}

const ids = new Set(["To_Account", "ToGroupId"]);

const ruleOfPlace: Readonly<Partial<Record<string, RuleId>>> = {
  "createContactGroup /GroupContactItem maxItems": "create.one-group",
  "createContactGroup /GroupName minLength": "create.name-empty",
  "createContactGroup /GroupName maxLength": "create.name-bytes",
  "createContactGroup /ContactItem maxItems": "create.conversation-count",
  "searchContactGroup /ContactItem minItems": "search.conversation-count",
  "searchContactGroup /ContactItem maxItems": "search.conversation-count",
};

function refuse(rule: RuleId, check: keyof typeof gateErrors, why: string): CheckedBody {
  return { refusal: { rule, error: gateErrors[check], why } };
}
