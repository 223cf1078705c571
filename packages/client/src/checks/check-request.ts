import { kind } from "@contact-groups/core/arguments";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { OperationId } from "../generated/operations.ts";
import { requestRules, type Rule } from "../generated/request-rules.ts";
import { utf8Bytes } from "./utf8-bytes.ts";

type Refuse = (pointer: string, expected: string, found: string) => never;

/**
 * Checks a request's body by what the OpenAPI description says of it, so that no call is spent on one that would be refused. Throws
 * an `InvalidArgumentError` with the JSON pointer of the first field that is wrong, the limit, and the value's size, never the value.
 * Fields that the description does not know are left alone.
 *
 * @param anyLength Whether lists can be longer than one call takes.
 */
export function checkRequest(operation: OperationId, body: unknown, anyLength: boolean = false): void {
  const refuse: Refuse = (pointer, expected, found) => {
    throw new InvalidArgumentError(pointer, expected, found, { operation });
  };
  check(requestRules[operation], body, "", refuse, anyLength);
}

function check(rule: Rule, value: unknown, pointer: string, refuse: Refuse, anyLength: boolean): void {
  switch (rule.type) {
    case "string":
      return checkText(rule, value, pointer, refuse);
    case "integer":
      if (!(Number.isSafeInteger(value) && (value as number) >= rule.min))
        refuse(pointer, `an integer from ${rule.min} on`, kind(value));
      return;
    case "array":
      if (!Array.isArray(value)) return refuse(pointer, "a list", kind(value));
      if (value.length < rule.min || (value.length > rule.max && !anyLength))
        refuse(pointer, `a list of ${rule.min} to ${rule.max}`, `one of ${value.length}`);
      // Not forEach, which passes over holes: JSON makes null of them.
      for (let index = 0; index < value.length; index++)
        check(rule.items, value[index], `${pointer}/${index}`, refuse, anyLength);
      return;
  }
  const fields = toFields(value, pointer, refuse);
  if (rule.type === "object") return checkFields(rule, fields, pointer, refuse, anyLength);

  const { by, rules } = rule;
  const tag = fields[by];
  const own = typeof tag === "number" ? rules[tag] : undefined;
  if (own === undefined) return refuse(`${pointer}/${by}`, Object.keys(rules).join(" or "), kind(tag));
  checkFields(own, fields, pointer, refuse, anyLength);
  for (const other in rules)
    for (const name in rules[other]?.fields)
      if (!(name in own.fields) && fields[name] !== undefined)
        refuse(`${pointer}/${name}`, `none where ${by} is ${tag as number}`, kind(fields[name]));
}

function checkFields(
  { required, fields: rules }: Rule & { readonly type: "object" },
  fields: Readonly<Record<string, unknown>>,
  pointer: string,
  refuse: Refuse,
  anyLength: boolean,
): void {
  for (const name in rules) {
    const value = fields[name];
    if (value !== undefined || required.includes(name))
      check(rules[name]!, value, `${pointer}/${name}`, refuse, anyLength);
  }
}

function checkText(rule: Rule & { readonly type: "string" }, value: unknown, pointer: string, refuse: Refuse): void {
  if (typeof value !== "string") return refuse(pointer, "text", kind(value));
  if (value.length < rule.min) refuse(pointer, "text that is not empty", kind(value));
  const bytes = utf8Bytes(value);
  if (bytes === undefined) refuse(pointer, "text that UTF-8 can hold", "half of a surrogate pair");
  if (Number(bytes) > rule.bytes) refuse(pointer, `at most ${rule.bytes} bytes in UTF-8`, `${bytes} bytes`);
  if (rule.pattern && !rule.pattern.test(value))
    refuse(pointer, `text that matches ${rule.pattern.source}`, "other text");
}

function toFields(value: unknown, pointer: string, refuse: Refuse): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse(pointer, "an object", Array.isArray(value) ? "a list" : kind(value));
  return value as Readonly<Record<string, unknown>>;
}
