import { Branch } from "./branch.ts";
import { rateLimitRule } from "./catalogue-rules.ts";
import { otherName } from "./followers.ts";
import { came, changed, code, comesAndGoes, went, type Rule } from "./verdict.ts";

export const operationsRule: Rule = comesAndGoes("operation-added", "operation-removed");
export const contentsRule: Rule = comesAndGoes("content-type-added", "content-type-removed");
export const responsesRule: Rule = comesAndGoes("response-added", "response-removed");

/** A key of an operation. */
export const operationRule: Rule = (difference) => {
  const { key } = difference;
  const what = `${code(key)} ${changed(difference)}`;
  if (key === "operationId") return ["operation-renamed", what];
  if (key === "x-effect") return ["effect-changed", what];
  if (key === "x-paging" || key === "x-batch" || key === "x-itemResults")
    return ["reading-changed", `${code(key)} changed`];
  if (key === "x-rateLimit") return rateLimitRule(difference);
  if (key === "tags") return ["tag-changed", what];
  if (key === "security" || key === "servers") return ["credential-changed", `${code(key)} changed`];
  if (key === "deprecated") return ["deprecation-changed", what];
  if (key === "requestBody")
    return came(difference)
      ? ["request-field-required", "takes a body now"]
      : ["field-removed", "takes no body any more"];
  return ["unrated", what];
};

/** A parameter: like a field of the request. */
export const parametersRule: Rule = (difference) => {
  if (went(difference)) return ["parameter-removed", "was removed"];
  const { after } = difference;
  return after instanceof Branch && after.values.get("required") === true
    ? ["request-field-required", "was added, required"]
    : ["parameter-added", "was added, optional"];
};

/** A key of a parameter or of a request body. */
export const parameterRule: Rule = (difference) => {
  const { key, after } = difference;
  if (key === "required") {
    return after === true
      ? ["request-field-required", "is required now"]
      : ["request-field-optional", "is no longer required"];
  }
  if (key === "schema") return ["type-changed", "got another schema"];
  if (key === "content") return ["type-changed", "got another content"];
  return key === "deprecated" ? ["deprecation-changed", "changed"] : ["unrated", `${code(key)} changed`];
};

/** A key of a content type. */
export const mediaRule: Rule = ({ key }) =>
  key === "schema" ? ["type-changed", "got another schema"] : ["unrated", `${code(key)} changed`];

/** A named example. */
export const exampleRule: Rule = (difference) => {
  const other = otherName(difference);
  if (other !== undefined) return came(difference) ? undefined : ["example-renamed", `was renamed to ${code(other)}`];
  if (came(difference)) return ["example-added", "was added"];
  return went(difference) ? ["example-removed", "was removed"] : ["example-changed", "was mended"];
};

/** A key of a credential. */
export const schemeRule: Rule = (difference) => [
  "credential-changed",
  `${code(difference.key)} ${changed(difference)}`,
];

/** A credential that came or went: all have to be sent. */
export const schemesRule: Rule = comesAndGoes("credential-changed", "credential-changed");
