/** The proxy: an HTTP server that forwards each call to one service. */
import { systemClock } from "@contact-groups/core/clock";
import { defaultListenLimits, type HttpExchange, listen, type Listener } from "@contact-groups/core/node-http";
import { accountPaths } from "../accounts.ts";
import { operationPaths } from "../request.ts";
import type { TlsTexts } from "../tls.ts";
import type { ProxyReport } from "./findings.ts";
import { createForwarder, type ForwarderOptions } from "./forwarder.ts";
import { createUpstream } from "@contact-groups/core/upstream";

/** What a proxy is created with. */
export interface ProxyOptions extends ForwarderOptions {
  /** Origin of the service. */
  readonly origin: string;
  /** Certificates to trust instead of those of Node.js, in PEM. */
  readonly ca?: string | undefined;
  readonly port: number;
  readonly host: string;
  /**
   * Certificate and key in PEM, to serve HTTPS.
   *
   * @default undefined, HTTP
   */
  readonly tls?: TlsTexts | undefined;
  /** Whether paths are forwarded that are not those of an operation or of an endpoint for accounts. */
  readonly forwardAll: boolean;
  readonly timeoutMs: number;
}

/** A proxy that listens. */
export interface Proxy {
  readonly listener: Listener;
  /** Returns what was found so far. */
  report(): ProxyReport;
  /** Resolves when all calls so far were compared. */
  settled(): Promise<void>;
  /** Stops listening, waits for open calls, and ends all connections. */
  close(): Promise<void>;
}

/** Bodies up to this size are forwarded in either direction. */
const maxBodyBytes = 16 * 1024 * 1024;

const textFields = ["Content-Type", "text/plain; charset=utf-8"];
const notForwarded =
  "The proxy forwards only the operations and the endpoints for accounts. Start it with --forward-all to forward every path.";
const tooLarge = `The proxy forwards bodies of up to ${maxBodyBytes} bytes.`;

/** Starts a proxy. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { origin, ca, port, host, tls, timeoutMs, forwardAll, clock = systemClock } = options;
  const upstream = createUpstream(origin, { timeoutMs, ca, maxResponseBytes: maxBodyBytes });
  const paths: ReadonlySet<string> = new Set([...operationPaths, ...accountPaths]);
  const forwarder = createForwarder(upstream, paths, options);

  const receive = async (exchange: HttpExchange): Promise<void> => {
    const { incoming, outgoing, target } = exchange;
    const send = (status: number, text: string): void =>
      exchange.send({ status, fields: textFields, body: `${text}\n` });
    const [path = ""] = target.split("?", 1);
    const ended = new AbortController();
    outgoing.once("close", () => ended.abort());
    if (!forwardAll && !paths.has(path)) return send(404, notForwarded);
    const body = await readBytes(exchange);
    if (!body) return send(413, tooLarge);
    const { method = "GET", rawHeaders } = incoming;
    const { response, failure } = await forwarder.forward({ method, target, fields: rawHeaders, body }, ended.signal);
    if (!response) return send(502, `The proxy has no response: ${failure}.`);
    const { status, fields } = response;
    const isBodiless = method === "HEAD" || status === 204 || status === 304;
    exchange.send({ status, fields, body: isBodiless ? null : response.body });
  };

  const listener = await listen({
    port,
    host,
    tls,
    limits: {
      ...defaultListenLimits,
      unreadMs: Math.max(defaultListenLimits.unreadMs, 2 * timeoutMs),
      graceMs: timeoutMs,
    },
    // A client that disconnects no longer wants its response.
    halfOpen: false,
    clock,
    // A client can disconnect while it sends its body.
    receive: (exchange) => void receive(exchange).catch(() => exchange.outgoing.destroy()),
  });

  return {
    listener,
    report: forwarder.report,
    settled: forwarder.settled,
    async close() {
      await listener.close();
      upstream.close();
      await forwarder.settled();
    },
  };
}

/** Reads a body; undefined for one that is too large. */
async function readBytes(exchange: HttpExchange): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of exchange.readChunks(maxBodyBytes)) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
