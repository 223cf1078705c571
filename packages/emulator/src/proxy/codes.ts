/** Which error codes of the service say something about the rules. */
import { errorCodes, errors, type OperationId, operations, query as parameters } from "@contact-groups/openapi/model";
import { errorNamed } from "../failure.ts";
import { type RuleId, rules } from "../rules.ts";

/** Rules that the proxy cannot check: the service has its own credentials, rate, sizes and faults. */
const notChecked: ReadonlySet<RuleId> = new Set<RuleId>([
  "request.app",
  "request.usersig-readable",
  "request.usersig-app",
  "request.usersig-identifier",
  "request.usersig-expiry",
  "request.usersig-signature",
  "request.administrator",
  "request.rate",
  "request.size",
  "core.failure",
  "fault",
]);

/** Rules that decide by the request alone, whatever the user has. */
const ofRequest: ReadonlySet<RuleId> = new Set<RuleId>([
  "group.name-empty",
  "group.name-bytes",
  "conversation.count",
  "create.one-group",
  "create.empty-list",
  "search.conversation-count",
  "app.edition",
  "mark.chat-bits",
  "mark.custom-edition",
  "account.body",
  "account.batch",
]);

/** Errors about an app or an administrator, in whatever category. */
const ofApp: ReadonlySet<number> = new Set([
  errorCodes.AdministratorRequired,
  errorCodes.IdentifierNotAdministrator,
  errorCodes.AccountNotAdministrator,
  errorCodes.SdkAppIdInvalid,
  errorCodes.DomainMismatch,
]);

/** Whether the proxy can check a rule. */
export function isChecked(rule: RuleId): boolean {
  return !notChecked.has(rule);
}

/** Whether a rule decides by the request alone, except for the names of groups that are there already. */
export function isOfRequest(rule: RuleId, operation: OperationId | undefined): boolean {
  // A name that is too long is not compared with those of the user's groups first when the group is new.
  if (rule === "group.name-bytes") return isCreation(operation);
  return isChecked(rule) && (rule.startsWith("request.") || ofRequest.has(rule));
}

function isCreation(operation: OperationId | undefined): boolean {
  const effect: string | undefined = operation && operations[operation].effect;
  return effect === "create";
}

const checkedRules = rules.filter(({ id }) => isChecked(id));
const codesOf = (of: typeof rules): ReadonlySet<number> =>
  new Set(of.flatMap(({ error }) => (error ? [errorNamed(error).code] : [])));

const codesOfRules = codesOf(checkedRules);
const creation = (Object.keys(operations) as OperationId[]).find(isCreation);
const codesOfState = codesOf(checkedRules.filter(({ id }) => !isOfRequest(id, creation)));
/** Codes of missing and wrong query parameters, except for the UserSig. */
const codesOfQuery: ReadonlySet<number> = new Set(
  parameters.flatMap(({ name, field }) => (name === "usersig" ? [] : Object.values(field.errors ?? {}))),
);

/** Whether only a rule about the request itself can have this code. */
export function isCodeOfRequest(code: number, operation: OperationId | undefined): boolean {
  if (code === errorCodes.GroupNameTooLong) return isCreation(operation);
  return (codesOfRules.has(code) || codesOfQuery.has(code)) && !codesOfState.has(code);
}

/** Whether the code is one of wrong query parameters, which the service also sends for credentials that are well formed. */
export function isCodeOfQuery(code: number): boolean {
  return codesOfQuery.has(code);
}

/** What a code depends on that the proxy does not know. */
export type CodeCause = "credentials" | "app" | "rate" | "disturbance";

/** Returns why a code says nothing about the rules; undefined when it does. */
export function causeOf(code: number): CodeCause | undefined {
  if (code === 0 || codesOfRules.has(code) || codesOfQuery.has(code) || !Object.hasOwn(errors, code)) return undefined;
  const { category } = errors[code as keyof typeof errors];
  if (ofApp.has(code)) return "app";
  switch (category) {
    case "auth":
      return "credentials";
    case "throttle":
      return "rate";
    case "transient":
      return "disturbance";
    case "application":
      return "app";
    default:
      return undefined;
  }
}
