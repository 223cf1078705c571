/** What the command reads of a running emulator, by its control API. */
import { messageOf, readControlToken, toSdkAppId, UsageError } from "./values.ts";
import { controlBase, type ControlOperationId, controlRoutes } from "../generated/control.ts";

/** The settings of an emulator, their defaults, and the values of those that have a list of them. */
export interface SettingsInForce {
  readonly settings: object;
  readonly defaults: object;
  readonly choices: Readonly<Record<string, readonly unknown[] | undefined>>;
}

/** How the control API is called. */
export interface ControlAccess {
  /** SDKAppID of the app; without it, the emulator as a whole. */
  readonly app?: string;
  /** Environment variable that holds the token. */
  readonly controlTokenEnv?: string;
}

/** Reads the settings of the emulator at an address. Throws a `UsageError` that says why it cannot, and shows no credential. */
export async function readSettings(url: string, access: ControlAccess): Promise<SettingsInForce> {
  const response = await requestControl(url, access, "getSettings", { signal: AbortSignal.timeout(timeoutMs) });
  const body = parse(await response.text());
  if (isSettings(body)) return body;
  throw new UsageError(notEmulator(shownOf(url), response));
}

/** What a request has in addition. */
interface ControlInit {
  readonly headers?: Readonly<Record<string, string>>;
  /** A body of any size. */
  readonly body?: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
}

/**
 * Sends a request to the emulator at an address. Returns a response that succeeded. Throws a `UsageError` that says why there is none, and
 * shows no credential.
 */
export async function requestControl(
  url: string,
  { app, controlTokenEnv }: ControlAccess,
  operation: ControlOperationId,
  { headers = {}, body, signal }: ControlInit = {},
): Promise<Response> {
  const shown = shownOf(url);
  const { method, path } = controlRoutes[operation];
  const target = new URL(toBase(url).href.replace(/\/$/, "") + path);
  if (app !== undefined) target.searchParams.set("sdkAppId", String(toSdkAppId(app)));
  const token = controlTokenEnv === undefined ? undefined : readControlToken(controlTokenEnv);
  const response = await fetch(target, {
    method,
    headers: { ...headers, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
    redirect: "error",
    ...(body && { body: ReadableStream.from(body), duplex: "half" }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    throw new UsageError(`${shown}: no emulator responds there: ${explain(error)}.`, { cause: error });
  });
  if (response.ok) return response;
  const { detail } = parse(await response.text()) as { readonly detail?: unknown };
  if (typeof detail !== "string") throw new UsageError(notEmulator(shown, response));
  const hint = response.status === 401 ? " Name the variable that holds it with --control-token-env." : "";
  throw new UsageError(`${shown}: ${detail}${hint}`);
}

function shownOf(url: string): string {
  return `--url ${toBase(url).href.slice(0, -controlBase.length)}`;
}

function notEmulator(shown: string, { status, url }: Response): string {
  return `${shown} is not the address of an emulator: it responded with HTTP ${status} to ${new URL(url).pathname}.`;
}

/** Returns the address of the control API, without a query. What is given can hold a credential, so no text shows it. */
function toBase(url: string): URL {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new UsageError("--url must be an address such as http://127.0.0.1:4020.");
  const { origin, pathname, username, password } = new URL(url);
  if (username !== "" || password !== "")
    throw new UsageError("--url must have no user and password. A token is read with --control-token-env.");
  const root = pathname.replace(/\/$/, "");
  return new URL(root.endsWith(controlBase) ? root : root + controlBase, origin);
}

/** Milliseconds that an emulator has for its response. */
const timeoutMs = 10_000;

/** Explains why `fetch` failed. */
function explain(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code = "" } = Object(cause) as NodeJS.ErrnoException;
  return reasons[code] ?? messageOf(cause).split("\n")[0]!;
}

const untrusted = "its certificate is not trusted. Set NODE_EXTRA_CA_CERTS to the file of its CA";
const reasons: Readonly<Partial<Record<string, string>>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  ECONNRESET: "it closed the connection",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not use HTTPS",
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
};

function parse(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}

function isSettings(body: object): body is SettingsInForce {
  const { settings, defaults, choices } = body as Partial<SettingsInForce>;
  return [settings, defaults, choices].every((part) => typeof part === "object" && part !== null);
}
