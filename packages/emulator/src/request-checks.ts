/** The checks of a request before its operation runs, in the order of the description. Those of the UserSig are in `user-sig.ts`. */
import { check, explain, type RequestViolation, wording } from "@contact-groups/core/check";
import type { UnreadableBody } from "@contact-groups/core/node-http";
import type { Conversation } from "@contact-groups/openapi/bodies";
import {
  errorCodes,
  type ErrorName,
  type Field,
  type OperationId,
  query as parameters,
  requestBodies,
  requestChecks,
  type UnionField,
} from "@contact-groups/openapi/model";
import { type CallFailure, errorOfRule, nameOfCode } from "./failure.ts";
import { behaviours } from "./generated/operations.ts";
import type { RuleText } from "./operation.ts";
import { type CoreRequest, defaultAdmins, type Endpoint, type Query } from "./request.ts";
import type { Settings } from "./settings.ts";
import { stateRules } from "./state/checks.ts";

/** The rules of the request checks, in their order. */
export const requestRules = {
  "request.path": {
    what: "The path is that of an operation or of a helper of the emulator",
    evidence: "errors-2025, project",
    check: "path",
  },
  "request.method": { what: "The method is POST", evidence: "overview-2025, project", check: "method" },
  "request.query": {
    what: "Each credential and each parameter is given once and is well formed",
    evidence: "errors-2025, project",
    check: "query",
  },
  "request.app": { what: "The app is one of the emulator's apps", evidence: "errors-2025, project", check: "app" },
  "request.usersig-readable": {
    what: "The UserSig can be read",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigReadable",
  },
  "request.usersig-app": {
    what: "The UserSig was created for the app in `sdkappid`",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigApp",
  },
  "request.usersig-identifier": {
    what: "The UserSig was created for the UserID in `identifier`",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigIdentifier",
  },
  "request.usersig-expiry": {
    what: "The UserSig has not expired. It is valid in its last second, and before its first",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigExpiry",
  },
  "request.usersig-signature": {
    what: "The UserSig was signed with the app's key, without a userbuf",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigSignature",
  },
  "request.administrator": {
    what: "`identifier` is an administrator of the app",
    evidence: "errors-2025, project",
    check: "administrator",
  },
  "request.rate": {
    what: "The calls of an app to an operation stay within its rate limit, counted in spans that begin at whole multiples of their length",
    evidence: "search-en-2026, project",
    setting: "rateLimit",
    check: "rate",
  },
  "request.size": { what: "The body is at most `maxBodyBytes` long", evidence: "project", check: "size" },
  "request.syntax": { what: "The body is JSON in UTF-8", evidence: "overview-2025", check: "syntax" },
  "request.body": {
    what: "The body matches the operation's request schema",
    evidence: "search-en-2026, create-zh-2023",
    check: "body",
  },
  "request.string-type": {
    what: "`Type` is a number, not text",
    evidence: "search-en-2026, web-sdk-3.6.6",
    setting: "stringType",
    check: "body",
  },
  "request.both-ids": {
    what: "A conversation has no other ID than the one of its `Type`",
    evidence: "project",
    setting: "bothIds",
    check: "body",
  },
} as const;

type RequestCheckName = keyof typeof requestRules;

/** Creates the failure of a request check. */
export function checkFailure(rule: RequestCheckName, why: string, code?: number): CallFailure<RequestCheckName> {
  return { rule, error: nameOfCode(code) ?? requestChecks[requestRules[rule].check].name, why };
}

/** Rejects a path that nothing has, and a method that is not the one of its path. */
export function checkRoute(
  route: Endpoint | undefined,
  method: string,
  paths: readonly string[],
): CallFailure | undefined {
  if (!route) return checkFailure("request.path", `No endpoint has this path. The paths are ${paths.join(", ")}`);
  const { method: expected, path } = route;
  if (method === expected) return undefined;
  return checkFailure("request.method", `The HTTP method of ${path} must be ${expected}`);
}

/** Checks the credentials, then the parameters. Names are case-sensitive, and each can be given once. */
export function checkQuery(query: Query): CallFailure | undefined {
  for (const parameter of parameters) {
    const failure = checkParameter(parameter, query.get(parameter.name) ?? []);
    if (failure) return failure;
  }
  return undefined;
}

/** A parameter of the query, and whether it is a credential, which no response may show. */
interface ParameterCheck {
  readonly name: string;
  readonly credential: boolean;
  readonly required: boolean;
  readonly field: Field;
}

function checkParameter(
  { name, credential, required, field }: ParameterCheck,
  given: readonly string[],
): CallFailure | undefined {
  const [text, ...others] = given;
  if (text === undefined && !required) return undefined;
  const place = `The query parameter ${name}`;
  if (others.length > 0)
    return checkFailure("request.query", `${place} must be given once, but is given ${given.length} times`);
  const violation =
    text === undefined
      ? { rule: "required" as const, field, code: field.errors?.["required"] }
      : check(field, fromText(field, text))[0];
  if (!violation) return undefined;
  const [expected, found] = wording(violation, text);
  const why = credential && text !== undefined ? `${place} ${expected}` : `${place} ${expected}, but ${found}`;
  return checkFailure("request.query", why, violation.code);
}

/** Returns the value of a text in a URL: a number where the field is one and the text is a number. */
export function fromText({ type }: Field, text: string): string | number {
  const number = Number(text);
  const isNumber = type === "number" || (type === "integer" && number % 1 === 0);
  return isNumber && text !== "" && !Number.isNaN(number) ? number : text;
}

/** Rejects an SDKAppID of no app. */
export function checkApp(app: object | undefined, sdkAppId: string): CallFailure | undefined {
  if (app) return undefined;
  return checkFailure("request.app", `The emulator has no app ${sdkAppId}. Add it with --app or the option apps`);
}

/** Rejects a caller who is not an administrator of the app. */
export function checkAdministrator({ app, identifier }: CoreRequest): CallFailure | undefined {
  if ((app?.admins ?? defaultAdmins).includes(identifier)) return undefined;
  const why = `identifier ${JSON.stringify(identifier)} is not an administrator of the app ${app?.sdkAppId}`;
  return checkFailure("request.administrator", why);
}

/** Counts the calls of each app to each operation and endpoint. */
export interface RateCheck {
  /** Counts a call, and rejects it when it exceeds the limit. */
  check(sdkAppId: number, endpoint: Endpoint, now: number): CallFailure | undefined;
  /** Forgets all counts. */
  reset(): void;
}

/** Creates a check that counts in spans of the clock. A rejected call counts as well. */
export function createRateCheck(setting: Settings["rateLimit"]): RateCheck {
  const spans = new Map<string, { number: number; calls: number }>();

  return {
    check(sdkAppId, { name, rate }, now) {
      if (setting === "off") return undefined;
      const { calls, seconds } = setting === "on" ? rate : setting;
      const number = Math.floor(now / (seconds * 1000));
      const key = `${sdkAppId} ${name}`;
      const span = spans.get(key);
      if (!span) {
        spans.set(key, { number, calls: 1 });
        return undefined;
      }
      span.calls = span.number === number ? span.calls + 1 : 1;
      span.number = number;
      if (span.calls <= calls) return undefined;
      const per = seconds === 1 ? "per second" : `in ${seconds} seconds`;
      const why = `The app ${sdkAppId} can call ${name} ${calls} times ${per}, and this is call ${span.calls}`;
      return checkFailure("request.rate", why);
    },
    reset: () => spans.clear(),
  };
}

/** A body that was read and is valid, or why it is not. */
type CheckedBody = { readonly value: unknown } | { readonly failure: CallFailure };

/** Reads a body as JSON. */
export function readBody(body: string | UnreadableBody): CheckedBody {
  if (typeof body !== "string") {
    return body.unreadable === "too large"
      ? { failure: checkFailure("request.size", "The body is longer than maxBodyBytes allows") }
      : { failure: checkFailure("request.syntax", "The body is not JSON: it is not UTF-8") };
  }
  if (body === "") return { failure: checkFailure("request.syntax", "The body is empty. It must be JSON") };
  try {
    return { value: JSON.parse(body) as unknown };
  } catch (error) {
    // The whole message can quote the body, which must not be in a response.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    const why = `The body is not JSON: its syntax is wrong${place ? ` ${place}` : ""}`;
    return { failure: checkFailure("request.syntax", why) };
  }
}

/** Reads a body and checks it against the operation's request fields. */
export function checkBody(operation: OperationId, body: string | UnreadableBody, settings: Settings): CheckedBody {
  const read = readBody(body);
  if ("failure" in read) return read;
  const { value } = read;
  const field = requestBodies[operation];
  if (settings.bothIds === "ignore" || settings.stringType === "accept") normalise(field, value, settings);
  // A limit on which documents disagree is a setting, which the operation checks.
  const [violation] = check(field, value, { disputed: "none" });
  if (!violation) return { value };
  const error = nameOfCode(violation.code) ?? requestChecks.body.name;
  return { failure: { rule: ruleOf(operation, violation, error), error, why: explain(violation) } };
}

/** The field that says which kind a conversation is. */
const typeField: keyof Conversation = "Type";

/** Returns the rule of a violation: the operation's own, or one that operations share, if it has the error of the violation. */
function ruleOf(operation: OperationId, violation: RequestViolation, error: ErrorName): string {
  const { rule, pointer, field, value } = violation;
  if (rule === "oneOf" && field.type === "union" && field.by === typeField)
    return "request.both-ids" satisfies RequestCheckName;
  // Where only one field says what an object is, that field is compared before its type is.
  if (typeof value === "string" && rule === "enum" && pointer.endsWith(`/${typeField}`))
    return "request.string-type" satisfies RequestCheckName;
  const at = pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  const declared = Object.values(field.errors ?? {});
  const rules: readonly (readonly [id: string, text: RuleText])[] = [
    ...Object.entries(behaviours[operation].rules),
    ...Object.entries(stateRules),
  ];
  const found = rules.find(
    ([, text]) =>
      text.keywords?.includes(rule) &&
      errorOfRule(text) === error &&
      (text.at === at || (text.fieldsWith !== undefined && declared.includes(errorCodes[text.fieldsWith]))),
  );
  return found?.[0] ?? ("request.body" satisfies RequestCheckName);
}

/** Changes the conversations of a body, in place, where a setting accepts what the description does not allow. */
function normalise(field: Field, value: unknown, settings: Settings): void {
  if (field.type === "array" && Array.isArray(value)) for (const item of value) normalise(field.items, item, settings);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const owner = value as Record<string, unknown>;
  if (field.type === "union" && field.by === typeField) normaliseConversation(field, owner, settings);
  const object =
    field.type === "union" ? field.alternatives.find(({ value: kind }) => kind === owner[field.by]) : field;
  if (object?.type === "object")
    for (const [name, inner] of Object.entries(object.fields)) normalise(inner, owner[name], settings);
}

function normaliseConversation(
  { by, alternatives }: UnionField,
  owner: Record<string, unknown>,
  settings: Settings,
): void {
  if (settings.stringType === "accept") {
    const meant = alternatives.find(({ value }) => typeof value === "number" && String(value) === owner[by]);
    if (meant) owner[by] = meant.value;
  }
  const alternative = alternatives.find(({ value }) => value === owner[by]);
  if (settings.bothIds === "reject" || !alternative) return;
  for (const other of alternatives)
    for (const name of Object.keys(other.fields)) if (!Object.hasOwn(alternative.fields, name)) delete owner[name];
}
