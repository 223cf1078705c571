import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { regions, type Region } from "./generated/servers.ts";
import type { Fetch } from "./transport.ts";

interface Credentials {
  /** SDKAppID that the Chat console gave the app. */
  readonly sdkAppId: number;
  /** UserID of an app administrator, case-sensitive. */
  readonly identifier: string;
  /** UserSig made for that administrator. It is a credential: keep it out of logs. */
  readonly userSig: string;
}

interface Substitutes {
  /** Sends a request; the global `fetch` unless given. */
  readonly fetch?: Fetch | undefined;
  /** Gives a random unsigned 32-bit integer for each call; from `crypto.getRandomValues` unless given. */
  readonly random?: (() => number) | undefined;
}

type Host =
  | {
      /** Region of the app's data. */
      readonly region: Region;
      readonly baseUrl?: never;
    }
  | {
      /** URL of any other host, such as a contract server: `http` or `https`, without query. */
      readonly baseUrl: string;
      readonly region?: never;
    };

/** What `createClient` needs: the credentials, and a `region` or a `baseUrl`. */
export type ClientOptions = Credentials & Substitutes & Host;

/** Checks the options and returns the base URL they name. Throws an `InvalidArgumentError` that never shows the UserSig. */
export function checkOptions(options: ClientOptions): string {
  if (typeof options !== "object" || options === null)
    throw new InvalidArgumentError("options", "an object", kind(options));
  const { sdkAppId, identifier, userSig, fetch, random, region, baseUrl } = options;
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    throw new InvalidArgumentError("sdkAppId", "a positive integer", kind(sdkAppId));
  checkText("identifier", identifier);
  checkText("userSig", userSig);
  if (fetch !== undefined && typeof fetch !== "function")
    throw new InvalidArgumentError("fetch", "a function", kind(fetch));
  if (random !== undefined && typeof random !== "function")
    throw new InvalidArgumentError("random", "a function", kind(random));
  if (region !== undefined && baseUrl !== undefined)
    throw new InvalidArgumentError("baseUrl", "no baseUrl beside a region", "both");
  if (baseUrl !== undefined) return checkBaseUrl(baseUrl);
  if (typeof region === "string" && Object.hasOwn(regions, region)) return regions[region];
  throw new InvalidArgumentError(
    "region",
    `${Object.keys(regions).join(", ")}, or a baseUrl in its place`,
    found(region, userSig),
  );
}

function checkText(option: string, value: unknown): void {
  if (typeof value !== "string" || value === "")
    throw new InvalidArgumentError(option, "text that is not empty", kind(value));
  try {
    encodeURIComponent(value);
  } catch {
    throw new InvalidArgumentError(option, "text that a URL can hold", "text with half of a surrogate pair");
  }
}

/** Names what is wrong with the URL instead of showing it: a pasted one can hold credentials. */
function checkBaseUrl(baseUrl: unknown): string {
  if (typeof baseUrl !== "string") throw wrongBaseUrl(kind(baseUrl));
  if (!URL.canParse(baseUrl)) throw wrongBaseUrl("text that is not a URL");
  const url = new URL(baseUrl);
  if (!/^https?:$/.test(url.protocol)) throw wrongBaseUrl("a URL of another scheme");
  if (url.username !== "" || url.password !== "") throw wrongBaseUrl("a URL with credentials");
  if (url.search !== "") throw wrongBaseUrl("a URL with a query");
  if (url.hash !== "") throw wrongBaseUrl("a URL with a fragment");
  return url.href.replace(/\/+$/, "");
}

function wrongBaseUrl(problem: string): InvalidArgumentError {
  return new InvalidArgumentError("baseUrl", "an http or https URL without credentials, query or fragment", problem);
}

function found(value: unknown, userSig: string): string {
  return typeof value === "string" && !value.includes(userSig) ? JSON.stringify(value) : kind(value);
}

/** The sort of value, never the value: it may be a credential in the wrong place. */
function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value === "") return "empty text";
  if (typeof value === "number") return `the number ${value}`;
  return { string: "text", object: "an object", function: "a function" }[String(typeof value)] ?? `a ${typeof value}`;
}
