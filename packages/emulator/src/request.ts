/** A request on its way to its operation. */
import type { UnreadableBody } from "@contact-groups/core/node-http";
import { hide, mask } from "@contact-groups/core/redact";
import {
  operations,
  type OperationId,
  query as parameters,
  type QueryParameter,
  type RequestBody,
} from "@contact-groups/openapi/model";
import type { CallFailure } from "./failure.ts";
import { controlBase, controlRoutes } from "./generated/control.ts";
import type { LiveApp } from "./live-app.ts";
import type { SeedDocument } from "./seed.ts";
import type { GivenSettings, RateLimit } from "./settings.ts";

/** An app of the emulator. */
export interface EmulatorApp {
  /** SDKAppID: a positive integer. */
  readonly sdkAppId: number;
  /**
   * Key with which UserSigs are verified. Without a key, any text of allowed characters is accepted.
   *
   * @default undefined
   */
  readonly secretKey?: string | undefined;
  /**
   * UserIDs of the administrators, who alone can call the operations.
   *
   * @default ["administrator"]
   */
  readonly admins?: readonly string[] | undefined;
  /**
   * What the documents leave open, where it differs from the emulator's settings. `"strict"` stands for `strictSettings`.
   *
   * @default {}
   */
  readonly settings?: GivenSettings | undefined;
  /**
   * The app's state at the beginning, and after `reset`, in addition to its entries in the emulator's seed.
   *
   * @default undefined
   */
  readonly seed?: SeedDocument | undefined;
}

export { defaultAdministrators as defaultAdmins } from "@contact-groups/core/administrators";

/** A request as an adapter received it. `target` is path and query, as in the request line; it can hold a credential. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  /** The whole body as text; `""` when there is none. */
  readonly body: string | UnreadableBody;
}

/** The result of the checks of a UserSig, except for its expiry, which depends on the time of each call. */
export interface CheckedUserSig {
  readonly invalid?: "readable" | "app" | "identifier" | "signature" | undefined;
  /** SDKAppID of the app that it was created for, when that is another one than the request's. */
  readonly sdkAppId?: number | undefined;
  /** Milliseconds since the epoch of the last second in which it is valid; undefined when it cannot be read. */
  readonly expiresAt?: number | undefined;
}

/** What can be called: an operation, or a helper of the emulator. */
export interface Endpoint {
  /** Its name in the count of the rate limit. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** The documented limit. */
  readonly rate: RateLimit;
}

/** A request that is ready for its operation: everything asynchronous is done, and everything that needs neither clock nor state. */
export interface CoreRequest {
  readonly method: string;
  /** Path and query without any credential, for the journal. */
  readonly url: string;
  /** The operation of this path; undefined when there is none. */
  readonly operation: OperationId | undefined;
  /** The endpoint for accounts of this path; undefined when there is none. */
  readonly account: Endpoint | undefined;
  /** The app of `sdkappid`; undefined when it is invalid or unknown. */
  readonly app: LiveApp | undefined;
  readonly identifier: string;
  /** Credentials that no text may show. */
  readonly secrets: readonly string[];
  /** The first check of path, method, query or app that fails. */
  readonly failure: CallFailure | undefined;
  /** Undefined when no UserSig has to be checked. */
  readonly userSig: CheckedUserSig | undefined;
  readonly body: string | UnreadableBody;
}

/** Values of each name in a query, decoded. */
export type Query = ReadonlyMap<string, readonly string[]>;

/** Splits a target into its path and its query. Text that is not percent-encoded correctly is used as it is. */
export function parseTarget(target: string): { readonly path: string; readonly query: Query } {
  const mark = target.indexOf("?");
  const [path, text] = mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
  const query = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decode(pair.slice(equals + 1));
    const others = query.get(name);
    if (others) others.push(value);
    else query.set(name, [value]);
  }
  return { path, query };
}

function decode(text: string): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`x=${spaced.replaceAll("&", "%26")}`).get("x") ?? "";
  }
}

/** The endpoint of each operation. */
export const operationEndpoints: Readonly<Record<OperationId, Endpoint>> = Object.fromEntries(
  Object.entries(operations).map(([name, { method, path, rate }]) => [name, { name, method, path, rate }]),
) as unknown as Record<OperationId, Endpoint>;

/** Returns the call of a user's first page: the path of the first operation that reads pages, and its body. */
export function firstPageOf(userId: string): { readonly path: string; readonly body: object } {
  const operation = Object.values(operations).find((one) => "paging" in one);
  if (!operation) throw new Error("No operation of the description reads pages.");
  const user: Pick<RequestBody<OperationId>, "From_Account"> = { From_Account: userId };
  return { path: operation.path, body: { ...user, [operation.paging.start]: 0 } };
}

const byPath = new Map<string, OperationId>(
  Object.entries(operations).map(([id, { path }]) => [path, id as OperationId] as const),
);

/** Paths of the operations. */
export const operationPaths: readonly string[] = [...byPath.keys()];

/** Returns the operation of a path; undefined when there is none. */
export function operationOf(path: string): OperationId | undefined {
  return byPath.get(path);
}

/** Whether a target is for the control API. */
export function isControlTarget(target: string): boolean {
  return target.startsWith(`${controlBase}/`);
}

/** Whether a target can be a file of the inspector, which has to be loaded to know. */
export function isInspectorTarget(target: string): boolean {
  if (!target.startsWith(controlBase)) return false;
  const [path = ""] = target.split("?");
  return path === controlBase || path === `${controlBase}/` || path.startsWith(`${controlBase}/assets/`);
}

/** Whether a target is for the health check of the control API. */
export function isHealthTarget(target: string): boolean {
  const [path] = target.split("?");
  return path === controlBase + controlRoutes.getHealth.path;
}

/** Of the known parameters, only the UserSig is longer than this. */
export const longestShown = 64;
/** The one value of the query that somebody else could use again. */
const secretName: QueryParameter = "usersig";
const known: ReadonlySet<string> = new Set(parameters.map(({ name }) => name));

/** Returns what no text may show: each value given as a UserSig. */
export function secretsOf(query: Query): readonly string[] {
  return query.get(secretName) ?? [];
}

/** Returns path and query for the journal: known parameters as they are; the UserSig and everything unknown masked. */
export function redactedUrl(path: string, query: Query): string {
  const pairs: string[] = [];
  for (const [name, values] of query) {
    const isKnown = known.has(name) && name !== secretName;
    for (const value of values) {
      const shown = isKnown && value.length <= longestShown ? encodeURIComponent(value) : mask;
      pairs.push(`${known.has(name) ? name : mask}=${shown}`);
    }
  }
  // A UserSig in the wrong place is a long run of its alphabet.
  const cleanPath = hide(path.slice(0, 256), secretsOf(query)).replaceAll(/[A-Za-z0-9*_%-]{40,}/g, mask);
  return pairs.length === 0 ? cleanPath : `${cleanPath}?${pairs.join("&")}`;
}
