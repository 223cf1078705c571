/** The checks of a request before its operation runs, in the order of the description. Those of the UserSig are in `user-sig.ts`, those of the body in `request-body.ts`. */
import { check, wording } from "@contact-groups/core/check";
import { type Field, query as parameters, requestChecks } from "@contact-groups/openapi/model";
import { type CallFailure, nameOfCode } from "./failure.ts";
import { type CoreRequest, defaultAdmins, type Endpoint, type Query } from "./request.ts";
import type { Settings } from "./settings.ts";

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
  "request.random": {
    what: "`random` can be missing, and can be any text",
    evidence: "rest-sdks-2016, project",
    setting: "random",
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
    what: "The body matches the operation's request schema, apart from what the next rules ignore or accept",
    evidence: "search-en-2026, create-zh-2023",
    check: "body",
  },
  "request.account-type": {
    what: "A UserID in the body is a string",
    evidence: "errors-2025, errors-2023, project",
    check: "body",
    error: "UserIdNotString",
    fieldsWith: "UserIdNotString",
    keywords: ["type"],
  },
  "request.string-type": {
    what: "`Type` is a number, not text",
    evidence: "search-en-2026, web-sdk-3.6.6",
    setting: "stringType",
    check: "body",
  },
  "request.both-ids": {
    what: "Of a conversation with both IDs, the one that is not of its `Type` is ignored, whatever it is",
    evidence: "public-client-java",
    setting: "bothIds",
    check: "body",
  },
  "request.unknown-fields": {
    what: "Fields that the operation does not have, or not for this `OptType` or `UpdateGroupType`, are ignored at every depth",
    evidence: "project",
    setting: "unknownFields",
    check: "body",
  },
  "request.null-fields": {
    what: "`null` in a field that can be omitted counts as if the field were missing",
    evidence: "project",
    setting: "nullFields",
    check: "body",
  },
} as const;

export type RequestCheckName = keyof typeof requestRules;

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
export function checkQuery(query: Query, settings: Pick<Settings, "random">): CallFailure | undefined {
  for (const parameter of parameters) {
    const given = query.get(parameter.name) ?? [];
    const isRandom = parameter.name === "random";
    if (isRandom && settings.random === "ignore" && given.length < 2) continue;
    const failure = checkParameter(parameter, given, isRandom ? "request.random" : "request.query");
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
  rule: RequestCheckName,
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
  return checkFailure(rule, why, violation.code);
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
