import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Who may use the control API beside programs on this machine. */
export interface ControlAccess {
  /** Host names by which the emulator is reached, such as that of a container. */
  readonly hosts: readonly string[];
  /** Origins whose pages may use it, such as `http://localhost:4321`. */
  readonly origins: readonly string[];
}

/**
 * Says why a request may not use the control API; undefined when it may.
 *
 * A page of any site can make its own name point to this machine (DNS rebinding), and can send plain requests to any address. So the
 * name in the request has to be one that no stranger can own, and a request that a page has sent has to come from an origin that was
 * allowed.
 */
export function refuseControl(incoming: IncomingMessage, { hosts, origins }: ControlAccess): string | undefined {
  const { host = "", origin } = incoming.headers;
  for (const name of [nameOf(host), targetName(incoming.url ?? "")]) {
    if (name === undefined || isOurs(name) || hosts.includes(name)) continue;
    return `The control API is not served under the host ${JSON.stringify(name.slice(0, 100))}: use localhost, or start with --control-host.`;
  }
  if (origin === undefined || origins.includes(origin)) return undefined;
  return "The control API is not open to pages: start with --control-origin and the page's origin.";
}

/** An address cannot be made to point elsewhere, and neither can these names. */
function isOurs(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}

/** `localhost` of `localhost:4020`, `::1` of `[::1]:4020`. */
function nameOf(authority: string): string {
  const [, address, name = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority.toLowerCase()) ?? [];
  return address ?? name.replace(/\.$/, "");
}

/** The name in a target of the form `http://name/path`, which counts more than the header. */
function targetName(target: string): string | undefined {
  const [, authority] = /^https?:\/\/([^/?#]*)/i.exec(target) ?? [];
  return authority === undefined ? undefined : nameOf(authority);
}
