/** A call that a link carries. It has no field for a secret, so that none can be shared by mistake. */
export interface SharedCall {
  /** The command, such as `create_contact_group`. */
  readonly operation: string;
  /** The body's text, as it was written: it may be invalid JSON. */
  readonly body: string;
  /** Error code with which the emulator in the page responds. */
  readonly error?: number | undefined;
  /** Initial state of the emulator in the page. */
  readonly state?: string | undefined;
  /** Base URL of a server. Absent for the emulator in the page. */
  readonly server?: string | undefined;
  /** SDKAppID, for a server. */
  readonly sdkAppId?: string | undefined;
  /** UserID of the administrator, for a server. */
  readonly identifier?: string | undefined;
}

/** Longest fragment that is written or read: longer addresses are cut off by some browsers and chats. */
const longest = 1_000_000;
const prefix = "#call=";

/** Returns a call as the fragment of an address, such as `#call=eyJ…`. Returns an empty string when the call is too long for one. */
export function toFragment(call: SharedCall): string {
  // JSON escapes half of a surrogate pair, which UTF-8 could not encode.
  const bytes = new TextEncoder().encode(JSON.stringify(sharedCall({ ...call })));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const fragment = prefix + text;
  return fragment.length > longest ? "" : fragment;
}

/** Returns the call in a fragment. Returns undefined when there is none, whatever the text is; fields that are not valid are left out. */
export function fromFragment(hash: string): SharedCall | undefined {
  if (!hash.startsWith(prefix) || hash.length > longest) return undefined;
  try {
    const binary = atob(hash.slice(prefix.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null ? sharedCall({ ...value }) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the base URL in a text: a user name and a password, query and fragment are left out. Returns undefined when it is not one. */
export function baseUrlIn(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, pathname } = new URL(text);
  return /^https?:$/.test(protocol) ? origin + pathname.replace(/\/+$/, "") : undefined;
}

/** Returns a shared call with the valid fields of what was written or read; undefined when it is none. */
export function sharedCall(given: Readonly<Record<string, unknown>>): SharedCall | undefined {
  const { operation, body, error, state, server, sdkAppId, identifier } = given;
  if (typeof operation !== "string" || !/^\w{1,64}$/.test(operation) || typeof body !== "string") return undefined;
  return {
    operation,
    body,
    ...(Number.isInteger(error) && { error: error as number }),
    ...(typeof state === "string" && /^\w{1,32}$/.test(state) && { state }),
    ...(typeof server === "string" && { server: baseUrlIn(server) }),
    ...(isName(sdkAppId) && { sdkAppId }),
    ...(isName(identifier) && { identifier }),
  };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length <= 64;
}
