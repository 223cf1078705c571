import { shellQuoted } from "../samples/curl.ts";
import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { compactJson, syntaxProblem } from "./json-text.ts";

/** The app and the administrator of a call. */
export interface Caller {
  readonly sdkAppId: string;
  readonly identifier: string;
}

/** Returns the URL of a call, with all its query parameters except the UserSig. */
export function callUrl(base: string, operation: ConsoleOperation, data: ConsoleData, caller: Caller): URL {
  const url = new URL(base);
  url.pathname = url.pathname.replace(/\/*$/, operation.path);
  url.hash = "";
  url.searchParams.set(data.credentials.sdkAppId, caller.sdkAppId);
  url.searchParams.set(data.credentials.identifier, caller.identifier);
  for (const { name, value, maximum = 0 } of data.parameters)
    url.searchParams.set(name, value ?? String(randomUpTo(maximum)));
  return url;
}

function randomUpTo(maximum: number): number {
  return Math.floor(Math.random() * (maximum + 1));
}

/** The outcome of a call. */
export type Outcome =
  | { readonly kind: "response"; readonly status: number; readonly text: string; readonly ms: number }
  | { readonly kind: "unreachable"; readonly origin: string; readonly timedOut: boolean }
  | { readonly kind: "cancelled" };

/** Timeout of a call in seconds: well above the timeout of the service itself. */
export const timeoutSeconds = 10;

/**
 * Sends a body. It goes without a Content-Type of its own: a page may send plain text to the service and read the response, while for
 * JSON the browser would send a preflight request, which the service's headers do not allow. The query says that the body is JSON.
 *
 * @param cancelled Cancels the call.
 */
export async function send(fetcher: typeof fetch, url: URL, body: string, cancelled: AbortSignal): Promise<Outcome> {
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  const begun = performance.now();
  try {
    const response = await fetcher(url.href, {
      method: "POST",
      body,
      signal: AbortSignal.any([cancelled, timeout]),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const text = await response.text();
    return { kind: "response", status: response.status, text, ms: performance.now() - begun };
  } catch {
    if (cancelled.aborted) return { kind: "cancelled" };
    return { kind: "unreachable", origin: url.origin, timedOut: timeout.aborted };
  } finally {
    // They hold the URL, and with it the UserSig.
    performance.clearResourceTimings();
  }
}

/** A call that is written as code. */
export interface WrittenCall {
  readonly operation: ConsoleOperation;
  /** URL with all query parameters except the UserSig. */
  readonly url: URL;
  readonly base: string;
  readonly sdkAppId: string;
  readonly identifier: string;
  /** The UserSig that the servers on this machine accept. */
  readonly localUserSig: string;
  /** The text of the body. It may be invalid JSON. */
  readonly text: string;
  /** The body's last value that was JSON. */
  readonly value: unknown;
}

/** Writes the call for a shell. The UserSig is read from the environment. */
export function asCurl({ url, base, localUserSig, text }: WrittenCall, { credentials, servers }: ConsoleData): string {
  const isService = servers.some((server) => server.url === base);
  const userSig = isService ? "$USERSIG" : `\${USERSIG:-${localUserSig}}`;
  return [
    `curl -s ${shellQuoted(`${url.href}&${credentials.userSig}=`)}"${userSig}"`,
    `  -H 'Content-Type: application/json'`,
    `  --data-raw ${shellQuoted(syntaxProblem(text) ? text : compactJson(text))}`,
  ].join(" \\\n");
}

/** Writes the call with the typed client. The key of the service's app, or the UserSig of another server, is read from the environment. */
export function asClientCode(
  { operation, base, sdkAppId, identifier, localUserSig, value }: WrittenCall,
  { servers }: ConsoleData,
): string {
  const server = servers.find(({ url }) => url === base);
  const secret = server
    ? `secretKey: process.env["SECRETKEY"] ?? ""`
    : `userSig: process.env["USERSIG"] ?? ${JSON.stringify(localUserSig)}`;
  const where = server ? `region: ${JSON.stringify(server.region)}` : `baseUrl: ${JSON.stringify(base)}`;
  // Names of fields need no quotes, and a line that begins with a quoted name is never inside a text: JSON has no line ends there.
  const body = JSON.stringify(value, null, 2).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:");
  return `import { createClient } from "@contact-groups/client";

const client = createClient({
  sdkAppId: ${/^[1-9]\d*$/.test(sdkAppId) ? sdkAppId : JSON.stringify(sdkAppId)},
  identifier: ${JSON.stringify(identifier)},
  ${secret},
  ${where},
});
console.log(await client.${operation.id}(${body}));`;
}
