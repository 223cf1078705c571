/** Creates the requests of scenarios, with valid and invalid UserSigs. */
import { createHash, createHmac } from "node:crypto";
import { signedText, toUserSig } from "@contact-groups/core/user-sig";
import { type CredentialParameter, type QueryField, queryFields } from "@contact-groups/openapi/model";
import type { ApiOperation } from "../operations.ts";
import { clockTolerance } from "./scenario.ts";

/** The caller of all requests. */
export interface VerifyCaller {
  /** Undefined where a gateway adds it; so is the identifier. */
  readonly sdkAppId: number | undefined;
  readonly identifier: string | undefined;
  /** Undefined where each call is signed with the key. */
  readonly userSig: string | undefined;
  readonly secretKey: string | undefined;
  /** Whether a gateway adds the UserSig. */
  readonly gatewaySigns: boolean;
  /** Further header fields, such as those that a gateway needs. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1, 1 not included. */
  readonly random: () => number;
}

/** A request that is ready to be sent. */
export interface PreparedCall {
  readonly operation: ApiOperation;
  readonly method: string;
  readonly path: string;
  /** Name, value, and what a report shows instead of a credential. */
  readonly query: readonly (readonly [name: string, value: string, shown: string])[];
  /** In the same form. */
  readonly headers: readonly (readonly [name: string, value: string, shown: string])[];
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

const json = "application/json";

/** Value of a query parameter: as it is, or with what a report shows instead. */
export type Parameter = string | { readonly value: string; readonly shown: string };

/** The parts of a request that differ from those of a usual one. */
export interface RequestParts {
  readonly path?: string;
  readonly method?: string;
  /** Replaces parameters: `null` leaves one out, a list gives it several times. */
  readonly query?: Readonly<Record<string, Parameter | readonly Parameter[] | null>>;
  /** Body to send as JSON; `text` and `bytes` are sent as they are. */
  readonly body?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** Creates a call. */
export function toCall(
  operation: ApiOperation,
  { path, method, query = {}, body, text, bytes }: RequestParts,
  caller: VerifyCaller,
): PreparedCall {
  const own = queryFields.flatMap((field) => {
    const value = field.name in query ? undefined : ownValue(field, caller);
    return value === undefined ? [] : [pair(field.name, value, shownAs(field))];
  });
  const given = Object.entries(query).flatMap(([name, values]) =>
    [values ?? []].flat().map((one) => (typeof one === "string" ? pair(name, one) : pair(name, one.value, one.shown))),
  );
  return {
    operation,
    method: method ?? operation.method,
    path: path ?? operation.path,
    query: [...own, ...given],
    headers: [
      ...Object.entries(caller.headers).map(([header, value]) => [header, value, `$${variable(header)}`] as const),
      ["Content-Type", json, json],
    ],
    body: bytes ?? text ?? (body === undefined ? undefined : JSON.stringify(body)),
  };
}

export function toUrl(baseUrl: string, { path, query }: PreparedCall): string {
  const values = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]));
  return `${baseUrl}${path}?${values.toString()}`;
}

/** Returns the call as a command for a shell, with variables in place of the address and of every credential. */
export function toCurl({ method, path, query, headers, body }: PreparedCall): string {
  const shown = query.map(([name, , text]) => `${name}=${text}`).join("&");
  const fields = headers.map(([name, , text]) => ` -H "${name}: ${text}"`).join("");
  const head = `curl -sS -X ${method} "$BASE_URL${path}?${shown}"${fields}`;
  if (body === undefined) return head;
  if (typeof body === "string") return `${head} --data-raw ${quote(body)}`;
  const octal = [...body].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `printf '${octal}' | ${head} --data-binary @-`;
}

/** Returns the UserSig of an ordinary call. */
export function goodUserSig(caller: VerifyCaller): string {
  return caller.userSig ?? signFor(caller, {});
}

/** Returns the value of a parameter in an ordinary call; undefined for a credential that a gateway adds. */
function ownValue({ name, credential, field }: QueryField, caller: VerifyCaller): string | undefined {
  if (credential) return credentialsOf(caller)[name]?.();
  const { minimum = 0, maximum = 2 ** 32 - 1 } = field as { readonly minimum?: number; readonly maximum?: number };
  return String(field.enum?.[0] ?? minimum + Math.floor(caller.random() * (maximum - minimum + 1)));
}

/** Returns the caller's value of each credential. */
function credentialsOf(caller: VerifyCaller): Readonly<Record<string, (() => string) | undefined>> {
  const { sdkAppId, identifier, gatewaySigns } = caller;
  return {
    sdkappid: sdkAppId === undefined ? undefined : () => String(sdkAppId),
    identifier: identifier === undefined ? undefined : () => identifier,
    usersig: gatewaySigns ? undefined : () => goodUserSig(caller),
  } satisfies Record<CredentialParameter, (() => string) | undefined>;
}

/** Returns what a report shows: the variable of the shell instead of a credential, anything else as it is. */
function shownAs({ name, credential, field }: QueryField): string | undefined {
  if (credential) return `$${name.toUpperCase()}`;
  return field.enum === undefined ? "$RANDOM" : undefined;
}

function pair(name: string, value: string, shown?: string): readonly [string, string, string] {
  return [name, value, shown ?? encodeURIComponent(value)];
}

/** Returns the caller's value of a credential. */
export function credentialOf(name: string, caller: VerifyCaller): Parameter {
  return { value: credentialsOf(caller)[name]?.() ?? "", shown: `$${name.toUpperCase()}` };
}

/** What is wrong with a UserSig, or whose it is. */
export interface WrongUserSig {
  readonly cutOff?: true;
  readonly anotherApp?: true;
  readonly anotherUser?: true;
  readonly anotherKey?: true;
  readonly expired?: true;
  /** A UserID, instead of the caller's. */
  readonly for?: string;
}

/** Signs a UserSig that is wrong in these ways. */
export function wrongUserSig(wrong: WrongUserSig, caller: VerifyCaller): Parameter {
  const whole = signFor({ ...caller, identifier: wrong.for ?? caller.identifier }, wrong);
  const names = Object.keys(wrong).map((name) => variable(name.replaceAll(/[A-Z]/g, "_$&")));
  return { value: wrong.cutOff ? whole.slice(0, whole.length / 2) : whole, shown: `$USERSIG_${names.join("_")}` };
}

/** Returns the name of the shell's variable for a secret. */
function variable(name: string): string {
  return name.replaceAll(/\W/g, "_").toUpperCase();
}

const day = 86_400;

function signFor({ sdkAppId = 0, identifier = "", secretKey = "", now }: VerifyCaller, wrong: WrongUserSig): string {
  const seconds = Math.floor(now() / 1000);
  return signUserSig({
    sdkAppId: wrong.anotherApp ? sdkAppId + 1 : sdkAppId,
    identifier: wrong.anotherUser ? `not-${identifier}`.slice(0, 32) : identifier,
    secretKey: wrong.anotherKey ? createHash("sha256").update(secretKey).digest("hex") : secretKey,
    issuedAt: wrong.expired ? seconds - day - clockTolerance : seconds,
    validSeconds: day,
  });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

export interface UserSigParts {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly validSeconds: number;
}

/** Signs a UserSig with any content. */
export function signUserSig({ sdkAppId, identifier, secretKey, issuedAt, validSeconds }: UserSigParts): string {
  const fields = { sdkAppId, identifier, time: issuedAt, expire: validSeconds };
  return toUserSig(fields, createHmac("sha256", secretKey).update(signedText(fields)).digest());
}
