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

/** The call for a shell. `$USERSIG` stands for the UserSig. */
export function asCurl({ url, text }: WrittenCall, { credentials }: ConsoleData): string {
  const body = compact(text);
  return [
    `curl -s ${quoted(`${url.href}&${credentials.userSig}=`)}"$USERSIG"`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${quoted(body)}`,
  ].join(" \\\n");
}

/** The call with the typed client. The key is read from the environment. */
export function asClientCode(
  { operation, base, sdkAppId, identifier, value }: WrittenCall,
  { servers }: ConsoleData,
): string {
  const server = servers.find(({ url }) => url === base);
  const where = server ? `region: ${JSON.stringify(server.region)}` : `baseUrl: ${JSON.stringify(base)}`;
  // Names of fields need no quotes, and a line that begins with a quoted name is never inside a text: JSON has no line ends there.
  const body = JSON.stringify(value, null, 2).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:");
  return `import { createClient } from "@contact-groups/client";

const client = createClient({
  sdkAppId: ${/^\d+$/.test(sdkAppId) ? sdkAppId : JSON.stringify(sdkAppId)},
  identifier: ${JSON.stringify(identifier)},
  secretKey: process.env["SECRETKEY"] ?? "",
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

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
