/** The control API over HTTP: who can use it, and its headers for pages. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { WireResponse } from "@contact-groups/core/node-http";
import { type ControlApi, type ControlRequest, maxControlBodyBytes as maxBodyBytes } from "./control/control.ts";
import { ControlError, type ControlResponse, errorResponse, type Pieces } from "./control/routes.ts";
import { hasToken } from "./control/token.ts";
import { controlBase } from "./generated/control.ts";
import { inspectorResponse } from "./inspector/files.ts";
import { isHealthTarget } from "./request.ts";

/** Who can use the control API in addition to programs on this machine. */
interface ControlAccess {
  /** Host names under which the emulator is reached, such as that of a container. */
  readonly hosts: readonly string[];
  /** Origins whose pages can use it, such as `http://localhost:4321`. */
  readonly origins: readonly string[];
  /** Token that every request must have except those for `/health`; undefined for none. */
  readonly token: string | undefined;
}

/** A request for the control API. */
interface ControlExchange {
  /** Largest body that is read; negative when none is. */
  readonly maxBodyBytes: number;
  /** Whether `respond` reads the body itself, of any size. */
  readonly takesPieces: boolean;
  respond(body: ControlRequest["body"]): PiecesResponse | Promise<PiecesResponse>;
}

/** A response whose body can have any size. */
export interface PiecesResponse extends Omit<WireResponse, "body"> {
  readonly body: WireResponse["body"] | Pieces;
}

/** The preflight's fields for a page of an allowed origin. */
const preflight: readonly string[] = [
  "Access-Control-Allow-Methods",
  "GET, POST, PUT, PATCH, DELETE",
  "Access-Control-Allow-Headers",
  "Content-Type, Authorization",
];

/** Creates the adapter of the control API. It returns undefined for a request that is not for the control API. */
export function createControlAdapter(
  control: ControlApi,
  access: ControlAccess,
): (incoming: IncomingMessage, target: string) => ControlExchange | undefined {
  return (incoming, target) => {
    const { method = "GET", headers } = incoming;
    // An emulator that is public has no inspector.
    const file = control.handles(`${controlBase}/`) ? inspectorResponse(method, target) : undefined;
    if (!file && !control.handles(target)) return undefined;
    const rejected = rejectControl(incoming, target, { ...access, ...(file && { token: undefined }) });
    // The body of a rejected request is not read.
    if (rejected) return { maxBodyBytes: -1, takesPieces: false, respond: () => rejected };
    if (file) return { maxBodyBytes: -1, takesPieces: false, respond: () => file };
    const contentType = headers["content-type"];
    // This origin is one of the allowed ones, or `rejectControl` would have rejected it.
    const cors =
      headers.origin === undefined || isOwn(headers)
        ? []
        : ["Access-Control-Allow-Origin", headers.origin, "Vary", "Origin"];
    if (method === "OPTIONS" && headers.origin !== undefined)
      return {
        maxBodyBytes,
        takesPieces: false,
        respond: () => ({ status: 204, fields: [...cors, ...preflight], body: null }),
      };
    const toWire = ({ status, contentType: type, body }: ControlResponse): PiecesResponse => ({
      status,
      fields: ["Content-Type", type, ...cors],
      body: status === 204 ? null : body,
    });
    return {
      maxBodyBytes,
      takesPieces: control.takesPieces(method, target),
      respond(body) {
        const response = control.respond({ method, target, body, contentType, accept: headers.accept });
        if (!response) return problem(404, "The control API has no such path.");
        return response instanceof Promise ? response.then(toWire) : toWire(response);
      },
    };
  };
}

/** Creates the response to a request that the control API does not handle. */
function problem(status: ControlError["status"], detail: string): WireResponse {
  const { contentType, body } = errorResponse(new ControlError(status, detail));
  return { status, fields: ["Content-Type", contentType], body };
}

/**
 * Returns the response to a request that cannot use the control API; undefined when it can.
 *
 * A page of any site can make its own name point to this machine (DNS rebinding), and can send plain requests to any address. So the
 * name in the request has to be one that nobody else can own, and a request of a page has to come from an allowed origin. `/health` shows
 * nothing that would be worth it, and a probe has whatever name it was given, so it needs neither a known name nor the token.
 */
function rejectControl(
  incoming: IncomingMessage,
  target: string,
  { hosts, origins, token }: ControlAccess,
): WireResponse | undefined {
  const { host = "", origin, authorization } = incoming.headers;
  const isHealth = isHealthTarget(target);
  for (const name of [nameOf(host), targetName(incoming.url ?? "")]) {
    if (isHealth || name === undefined || isLocal(name) || hosts.includes(name)) continue;
    return problem(
      403,
      `The control API is not served under the host ${JSON.stringify(name.slice(0, 100))}. Use localhost, or allow the host with --control-host or controlHosts.`,
    );
  }
  if (origin !== undefined && !origins.includes(origin) && !isOwn(incoming.headers))
    return problem(
      403,
      `The control API is not open to pages of ${JSON.stringify(origin.slice(0, 100))}. Allow the origin with --control-origin or controlOrigins.`,
    );
  // A preflight cannot have it.
  if (token === undefined || isHealth || incoming.method === "OPTIONS" || hasToken(authorization, token))
    return undefined;
  const why = authorization === undefined ? "is missing" : "does not have it";
  const rejection = problem(
    401,
    `The control API needs its token: the header Authorization must be Bearer, a space and the token, but ${why}. It is the value that the emulator was started with.`,
  );
  return { ...rejection, fields: [...rejection.fields, "WWW-Authenticate", 'Bearer realm="control API"'] };
}

/** Whether a request comes from a page of the emulator itself, the inspector. Nobody else can own the host, or the request was rejected. */
function isOwn({ host = "", origin }: IncomingHttpHeaders): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Whether a name cannot be made to point elsewhere: an address, or `localhost`. */
function isLocal(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}

/** `localhost` of `localhost:4020`, `::1` of `[::1]:4020`. */
function nameOf(authority: string): string {
  const [, address, name = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority.toLowerCase()) ?? [];
  return address ?? name.replace(/\.$/, "");
}

/** Returns the name in a target of the form `http://name/path`, which takes precedence over the header. */
function targetName(target: string): string | undefined {
  const [, authority] = /^https?:\/\/([^/?#]*)/i.exec(target) ?? [];
  return authority === undefined ? undefined : nameOf(authority);
}
