/** The service behind a proxy: the only host that the proxy ever connects to. */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";

/** A request as the caller sent it. */
export interface ForwardedRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** Names and values of header fields in turn. */
  readonly fields: readonly string[];
  readonly body: Buffer;
}

/** A response of the service. */
export interface UpstreamResponse {
  readonly status: number;
  /** Names and values of header fields in turn, without those of the connection. */
  readonly fields: readonly string[];
  /** The body as it came, still compressed if the service compressed it. */
  readonly body: Buffer;
}

/** A service that requests are forwarded to. */
export interface Upstream {
  /** Origin, such as `https://console.tim.qq.com`. */
  readonly origin: string;
  /** Name and port. */
  readonly host: string;
  /**
   * Sends a request and reads its whole response. Redirects are not followed.
   *
   * @throws An `UpstreamError` that says why there is no response, and shows nothing of the request.
   */
  send(request: ForwardedRequest, signal: AbortSignal): Promise<UpstreamResponse>;
  /** Ends all connections. */
  close(): void;
}

/** How an upstream is used. */
export interface UpstreamOptions {
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Certificates to trust in addition to those of Node.js, in PEM. */
  readonly ca?: string | undefined;
}

/** Thrown when the service sent no whole response. The message says why, without anything of the request. */
export class UpstreamError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UpstreamError";
  }
}

/** Header fields that belong to one connection, and those that the proxy writes itself. */
const ofConnection: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "content-length",
]);
const written: ReadonlySet<string> = new Set(["host", "expect", "accept-encoding"]);

/**
 * Returns the origin of a region, or of a URL.
 *
 * @param regions Origins of the service by the names of their regions.
 * @throws A `TypeError` for another text. It does not show the text, which can hold a credential.
 */
export function upstreamOrigin(text: string, regions: Readonly<Record<string, string>>): string {
  const region = Object.hasOwn(regions, text) ? regions[text] : undefined;
  if (region !== undefined) return region;
  const names = Object.keys(regions).join(", ");
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text))
    throw new TypeError(`must be a region or a URL that begins with https:// or http://. The regions are ${names}.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    throw new TypeError("must be a URL without a user name and a password.");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || text.includes("?"))
    throw new TypeError(`must be a URL without a path and a query, such as ${url.origin}.`);
  const secure = `https://${url.host}`;
  const isService = Object.values(regions).some((origin) => origin === secure);
  if (url.protocol === "http:" && isService)
    throw new TypeError(`must begin with https://, because the service supports HTTPS only: ${secure}.`);
  return url.origin;
}

/** Creates an upstream. Each request has a connection of its own, so that none is lost on a connection that the service has just closed. */
export function createUpstream(origin: string, { timeoutMs, maxResponseBytes, ca }: UpstreamOptions): Upstream {
  const { protocol, hostname, port, host } = new URL(origin);
  const isSecure = protocol === "https:";
  const agent = isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const options: RequestOptions = {
    hostname: hostname.replace(/^\[|\]$/g, ""),
    ...(port !== "" && { port }),
    agent,
    setHost: false,
    ...(isSecure && { rejectUnauthorized: true, ...(ca !== undefined && { ca }) }),
  };

  return {
    origin,
    host,
    send: ({ method, target, fields, body }, signal) =>
      new Promise((resolve, reject) => {
        const timeout = AbortSignal.timeout(timeoutMs);
        const fail = (error: unknown): void => {
          if (signal.aborted) reject(new UpstreamError("The client disconnected"));
          else if (timeout.aborted) reject(new UpstreamError(`${host} sent no whole response in ${timeoutMs} ms`));
          else reject(new UpstreamError(explain(host, error), { cause: error }));
        };
        const headers = [...forwardedFields(fields), "Host", host, "Accept-Encoding", "identity"];
        if (body.length > 0 || method === "POST") headers.push("Content-Length", String(body.length));
        try {
          const send = isSecure ? requestHttps : requestHttp;
          const sent = send({ ...options, method, path: target, headers, signal: AbortSignal.any([signal, timeout]) });
          sent.once("error", fail);
          sent.once("response", (incoming) => {
            readResponse(incoming, maxResponseBytes).then(resolve, fail);
          });
          sent.end(body);
        } catch (error) {
          fail(error);
        }
      }),
    close: () => agent.destroy(),
  };
}

async function readResponse(incoming: IncomingMessage, maxBytes: number): Promise<UpstreamResponse> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      incoming.destroy();
      throw Object.assign(new Error(), { code: "TOO_LARGE", bytes: maxBytes });
    }
    chunks.push(chunk);
  }
  return {
    status: incoming.statusCode ?? 0,
    fields: withoutConnection(incoming.rawHeaders),
    body: Buffer.concat(chunks),
  };
}

function forwardedFields(fields: readonly string[]): string[] {
  return withoutConnection(fields, written);
}

/** Returns header fields without those of the connection, which also names some itself. */
function withoutConnection(fields: readonly string[], others: ReadonlySet<string> = new Set()): string[] {
  const named = new Set<string>();
  for (let index = 0; index < fields.length; index += 2)
    if (fields[index]?.toLowerCase() === "connection")
      for (const name of (fields[index + 1] ?? "").split(",")) named.add(name.trim().toLowerCase());
  const kept: string[] = [];
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] ?? "";
    const lower = name.toLowerCase();
    if (ofConnection.has(lower) || named.has(lower) || others.has(lower)) continue;
    kept.push(name, fields[index + 1] ?? "");
  }
  return kept;
}

/** Explains why there is no response. Texts of Node are not shown, except for codes. */
function explain(host: string, error: unknown): string {
  const { code = "", bytes = 0 } = error as { readonly code?: string; readonly bytes?: number };
  switch (code) {
    case "ECONNREFUSED":
      return `${host} refused the connection (${code})`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the name ${host} cannot be resolved (${code})`;
    case "ECONNRESET":
    case "EPIPE":
      return `${host} closed the connection before its response was complete (${code})`;
    case "TOO_LARGE":
      return `the response of ${host} is longer than ${bytes} bytes`;
    case "ERR_UNESCAPED_CHARACTERS":
      return `${host} was not called: the path or query has characters that a URL cannot have`;
    default:
      if (/CERT|SIGNATURE|ISSUER/.test(code))
        return `the certificate of ${host} is not trusted (${code}); set NODE_EXTRA_CA_CERTS to the file of its CA`;
      if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return `${host} does not serve HTTPS (${code})`;
      return code.startsWith("HPE_")
        ? `the response of ${host} is not HTTP (${code})`
        : `the call of ${host} failed (${/^[A-Z_0-9]+$/.test(code) ? code : "unknown error"})`;
  }
}
