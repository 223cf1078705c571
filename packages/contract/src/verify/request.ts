/** Creates the requests of scenarios, with valid and invalid UserSigs. */
import { createHash, createHmac } from "node:crypto";
import { signedText, toUserSig } from "@contact-groups/core/user-sig";
import { type CredentialParameter, type QueryField, queryFields } from "@contact-groups/openapi/model";
import type { ApiOperation } from "../operations.ts";
import { fillScene, type Scene } from "./fill-values.ts";
import type { ScenarioStep } from "./scenario.ts";

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

/** The state of a call that belongs to no scenario. */
export const emptyScene: Scene = { fixtures: { users: {}, chatGroups: {}, fresh: [] }, captures: new Map() };

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

/** Creates the call of a step. `body` is the step's body, filled in; it is separate so that `follow` can change it. */
export function toCall(
  step: Omit<ScenarioStep, "expect">,
  operation: ApiOperation,
  body: unknown,
  scene: Scene,
  caller: VerifyCaller,
): PreparedCall {
  const own = queryFields.flatMap((value) => {
    const { name } = value;
    if (step.query && name in step.query) return replaced(name, step.query[name], scene, caller);
    const text = ownValue(value, caller);
    return text === undefined ? [] : [pair(name, text, shownAs(value))];
  });
  const known = new Set<string>(queryFields.map(({ name }) => name));
  const others = Object.entries(step.query ?? {})
    .filter(([name]) => !known.has(name))
    .flatMap(([name, value]) => replaced(name, value, scene, caller));
  return {
    operation,
    method: step.method ?? operation.method,
    path: step.path ?? operation.path,
    query: [...own, ...others],
    headers: [
      ...Object.entries(caller.headers).map(([header, value]) => [header, value, `$${variable(header)}`] as const),
      ["Content-Type", json, json],
    ],
    body: step.bytes
      ? Uint8Array.from(step.bytes)
      : (step.text ?? (body === undefined ? undefined : JSON.stringify(body))),
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

function replaced(
  name: string,
  given: unknown,
  scene: Scene,
  caller: VerifyCaller,
): (readonly [string, string, string])[] {
  if (given === null) return [];
  if (Array.isArray(given)) return given.flatMap((one) => replaced(name, one, scene, caller));
  const { $userSig: wrong, $unknownApp: unknownApp, $own: own } = Object(given) as Readonly<Record<string, unknown>>;
  if (wrong !== undefined) return [pair(name, ...wrongUserSig(Object(wrong) as WrongUserSig, scene, caller))];
  if (unknownApp === true) return [pair(name, caller.sdkAppId === 1 ? "2" : "1", undefined)];
  if (typeof own === "string") {
    return [pair(name, credentialsOf(caller)[own]?.() ?? "", `$${own.toUpperCase()}`)];
  }
  return [pair(name, String(fillScene(given, scene)), undefined)];
}

function pair(name: string, value: string, shown: string | undefined): readonly [string, string, string] {
  return [name, value, shown ?? encodeURIComponent(value)];
}

/** What is wrong with a UserSig, or whose it is. */
interface WrongUserSig {
  readonly cutOff?: true;
  readonly anotherApp?: true;
  readonly anotherUser?: true;
  readonly anotherKey?: true;
  readonly expired?: true;
  readonly for?: unknown;
}

function wrongUserSig(
  wrong: WrongUserSig,
  scene: Scene,
  caller: VerifyCaller,
): readonly [value: string, shown: string] {
  const identifier = wrong.for === undefined ? caller.identifier : String(fillScene(wrong.for, scene));
  const whole = signFor({ ...caller, identifier }, wrong);
  const names = Object.keys(wrong).map((name) => variable(name.replaceAll(/[A-Z]/g, "_$&")));
  return [wrong.cutOff ? whole.slice(0, whole.length / 2) : whole, `$USERSIG_${names.join("_")}`];
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
    issuedAt: wrong.expired ? seconds - 2 * day : seconds,
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
