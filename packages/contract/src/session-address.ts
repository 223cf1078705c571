/** Which session a request belongs to: the one in the path, else the one in the header. */
import { headerOf } from "./message.ts";
import type { IncomingRequest } from "./response.ts";

/** Beginning of the paths of sessions. The name follows, then the path of an operation or of the control path. */
export const sessionPrefix = "/__session/";

/** The header field that names the session of a request without the prefix. */
export const sessionHeader = "Contract-Session";

const inPath = /^(\w+:\/\/[^/?#]*)\/__session\/([^/?#]*)\/*(.*)$/s;

/** Returns the session of a request, and the request as its session gets it. */
export function sessionOf(request: IncomingRequest): {
  readonly name: string | undefined;
  readonly request: IncomingRequest;
} {
  const [, origin, name, path] = inPath.exec(request.url) ?? [];
  if (name === undefined) return { name: headerOf(request.headers, sessionHeader), request };
  return { name, request: { ...request, url: `${origin}/${path}` } };
}

/** Whether a session can have this name: it is a segment of a path as it is. */
export function isSessionName(name: unknown): name is string {
  return typeof name === "string" && /^[\w.~-]{1,64}$/.test(name) && !/^\.+$/.test(name);
}
