import { check, explain, type RequestViolation } from "@contact-groups/core/check";
import { requestChecks, type OperationId, requestBodies } from "@contact-groups/openapi/model";
import type { UnreadableBody } from "../core/core-call.ts";
import { nameOfCode } from "../errors.ts";
import { behaviours } from "../generated/operations.ts";
import type { Refusal } from "../refusal.ts";
import type { RuleText } from "../rule.ts";
import type { RuleId } from "../rules.ts";
import type { Settings } from "../settings.ts";
import { normalise } from "./normalise.ts";

/** A body that was read and is valid, or why it is not. */
export type CheckedBody = { readonly value: unknown } | { readonly refusal: Refusal };

/** Reads a body and checks it against the operation's request fields. */
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
  const field = requestBodies[operation];
  normalise(field, value, settings);
  // A limit that documents dispute is a setting, which the operation looks at.
  const [issue] = check(field, value, { disputed: "none" });
  if (!issue) return { value };
  const error = nameOfCode(issue.code) ?? requestChecks.body.name;
  return { refusal: { rule: ruleOf(operation, issue), error, why: explain(issue) } };
}

/** The rule that an issue stands for. */
function ruleOf(operation: OperationId, { rule, pointer, field, value }: RequestViolation): RuleId {
  if (rule === "oneOf") return "gate.both-ids";
  // Where nothing but its field says what an object is, that one is compared before its type is.
  if (typeof value === "string" && field.type === "integer" && rule === "enum") return "gate.string-type";
  const at = pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  const rules: readonly (readonly [id: string, text: RuleText])[] = Object.entries(behaviours[operation].rules);
  const [id = "gate.body"] = rules.find(([, text]) => text.at === at && text.keywords?.includes(rule)) ?? [];
  return id as RuleId;
}

function refuse(rule: RuleId, name: keyof typeof requestChecks, why: string): CheckedBody {
  return { refusal: { rule, error: requestChecks[name].name, why } };
}
