import { localCaller } from "../local-servers.ts";
import { shellQuoted } from "../shell-quoted.ts";
import type { ConsoleData, ConsoleOperation } from "./console-data.ts";

/** A call, as it can be written elsewhere. */
export interface WrittenCall {
  readonly operation: ConsoleOperation;
  /** Address with all query parameters but the UserSig. */
  readonly url: URL;
  readonly base: string;
  readonly sdkAppId: string;
  readonly identifier: string;
  /** The body's text, which need not be JSON. */
  readonly text: string;
  /** The body's last value that was JSON. */
  readonly value: unknown;
}

/** The call for a shell. The UserSig is read from the environment. */
export function asCurl({ url, base, text }: WrittenCall, { credentials, servers }: ConsoleData): string {
  const isService = servers.some((server) => server.url === base);
  const userSig = isService ? "$USERSIG" : `\${USERSIG:-${localCaller.userSig}}`;
  return [
    `curl -s ${shellQuoted(`${url.href}&${credentials.userSig}=`)}"${userSig}"`,
    `  -H 'Content-Type: application/json'`,
    `  --data-raw ${shellQuoted(compact(text))}`,
  ].join(" \\\n");
}

/** The call with the typed client. The key of the service's app, or the UserSig of another server, is read from the environment. */
export function asClientCode(
  { operation, base, sdkAppId, identifier, value }: WrittenCall,
  { servers }: ConsoleData,
): string {
  const server = servers.find(({ url }) => url === base);
  const secret = server
    ? `secretKey: process.env["SECRETKEY"] ?? ""`
    : `userSig: process.env["USERSIG"] ?? "${localCaller.userSig}"`;
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

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
