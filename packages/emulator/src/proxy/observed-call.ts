/** What the proxy knows of a call. It holds no credential, except for what is forwarded. */
import type { UnreadableBody } from "@contact-groups/core/node-http";
import { parseJson } from "@contact-groups/core/json";
import { type OperationId, operations, query as parameters, type RequestBody } from "@contact-groups/openapi/model";
import { accountEndpointOf } from "../accounts.ts";
import { type Endpoint, operationOf, parseTarget, type Query, redactedUrl } from "../request.ts";
import { type Cleaner, createCleaner } from "./clean.ts";
import { chatGroupField, isMembers, peerField, walk } from "./differences.ts";
import { type ShadowCall, shadowApp, shadowIdentifier } from "./shadow.ts";

/** A call of an operation, of an endpoint for accounts, or of any other path. */
export interface ObservedCall {
  /** From 1 on. */
  readonly number: number;
  /** Milliseconds since the epoch at which it arrived. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Path and query, without credentials. */
  readonly url: string;
  readonly operation: OperationId | undefined;
  readonly account: Endpoint | undefined;
  /** SDKAppID as the query has it. */
  readonly app: string;
  /** The body without credentials. */
  readonly text: string | UnreadableBody;
  /** The JSON of the body; undefined for none. */
  readonly body: unknown;
  /** `From_Account`; undefined when the body has none. */
  readonly user: string | undefined;
  /** Whether it can change the state of the user. */
  readonly writes: boolean;
  /** What the shadow is called with, except for what only the response shows. */
  readonly shadow: Omit<ShadowCall, "at" | "newGroupId">;
  readonly cleaner: Cleaner;
}

/** What an adapter has read of a call. */
export interface ArrivedCall {
  readonly number: number;
  readonly at: number;
  readonly method: string;
  readonly target: string;
  readonly body: Uint8Array;
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Reads a call. */
export function observeCall({ number, at, method, target, body: bytes }: ArrivedCall): ObservedCall {
  const { path, query } = parseTarget(target);
  const cleaner = createCleaner(query);
  const operation = operationOf(path);
  const text = textOf(bytes, cleaner);
  const body = typeof text === "string" ? valueOf(text) : undefined;
  const given = isMembers(body) ? body[userField] : undefined;
  const user = operation && typeof given === "string" ? given : undefined;
  const effect: string | undefined = operation && operations[operation].effect;
  const ids = { accounts: new Set<string>(), chatGroups: new Set<string>() };
  collectIds(body, ids);
  return {
    number,
    at,
    method,
    path,
    url: cleaner.url(redactedUrl(path, query)),
    operation,
    account: operation ? undefined : accountEndpointOf(path),
    app: query.get("sdkappid")?.[0] ?? "",
    text,
    body,
    user,
    writes: effect !== undefined && effect !== "read",
    shadow: {
      raw: { method, target: `${path}?${shadowQuery(query)}`, body: text },
      user,
      accounts: [...ids.accounts],
      chatGroups: [...ids.chatGroups],
    },
    cleaner,
  };
}

function textOf(bytes: Uint8Array, cleaner: Cleaner): string | UnreadableBody {
  try {
    return cleaner.body(decoder.decode(bytes));
  } catch {
    return { unreadable: "not UTF-8" };
  }
}

/** Returns the JSON of a text; undefined for none. */
export function valueOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Returns a query for the shadow: its own app and administrator, and a UserSig that is none, where the caller's are well formed. */
function shadowQuery(query: Query): string {
  const own: Readonly<Record<string, string>> = {
    sdkappid: String(shadowApp),
    identifier: shadowIdentifier,
    usersig: "not-shown",
  };
  const pairs: string[] = [];
  for (const [name, values] of query) {
    const parameter = parameters.find((one) => one.name === name);
    for (const value of values) {
      const field = parameter?.field;
      const pattern = field?.type === "string" && "pattern" in field ? field.pattern : undefined;
      const maxLength = field?.type === "string" && "maxLength" in field ? field.maxLength : undefined;
      const isFine =
        value !== "" &&
        (pattern === undefined || new RegExp(pattern).test(value)) &&
        (maxLength === undefined || value.length <= maxLength);
      // What is not well formed stays invalid, without what it was.
      const shown =
        own[name] === undefined ? value : isFine ? own[name] : value === "" ? "" : `\u0001${"-".repeat(40)}`;
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(shown)}`);
    }
  }
  return pairs.join("&");
}

const userField: keyof Pick<RequestBody<OperationId>, "From_Account"> = "From_Account";
/** `UserID` is the field of the endpoints for accounts, which the description does not have. */
const accountFields: ReadonlySet<string> = new Set([userField, peerField, "UserID"]);

/** Collects the UserIDs and GroupIDs of a body. */
function collectIds(value: unknown, into: { readonly accounts: Set<string>; readonly chatGroups: Set<string> }): void {
  if (Array.isArray(value)) for (const item of value) collectIds(item, into);
  if (!isMembers(value)) return;
  for (const [name, inner] of Object.entries(value))
    if (typeof inner !== "string") collectIds(inner, into);
    else if (accountFields.has(name)) into.accounts.add(inner);
    else if (name === chatGroupField) into.chatGroups.add(inner);
}

/** Returns the names of conversation groups in a request. */
export function namesOf(body: unknown): readonly string[] {
  const names: string[] = [];
  walk(body, ({ GroupName, OldGroupName, NewGroupName }) => {
    for (const name of [GroupName, OldGroupName, NewGroupName].flat()) if (typeof name === "string") names.push(name);
  });
  return names;
}

/** Returns a call for a page that begins elsewhere in the shadow. */
export function startingAt(shadowCall: ShadowCall, { body }: ObservedCall, start: number): ShadowCall {
  const members = isMembers(body) ? body : {};
  return { ...shadowCall, raw: { ...shadowCall.raw, body: JSON.stringify({ ...members, StartIndex: start }) } };
}
