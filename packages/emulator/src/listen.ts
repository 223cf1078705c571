/** The adapter for HTTP. It needs Node.js: `emulator.listen` loads it only when it is called, and a bundler for pages puts an empty module in its place. */
import {
  defaultListenLimits,
  type HttpExchange,
  listen as serve,
  type WireResponse,
} from "@contact-groups/core/node-http";
import type { ControlApi } from "./control/control.ts";
import { checkToken } from "./control/token.ts";
import type { Core } from "./core.ts";
import type { EmulatorClock } from "./clock.ts";
import { defaultMaxBodyBytes, type Listener, type ListenOptions } from "./emulator.ts";
import { preflightHeaders, responseHeaders } from "./fetch.ts";
import { createControlAdapter, type PiecesResponse } from "./listen-control.ts";
import type { CoreRequest } from "./request.ts";
import type { CoreResponse } from "./response.ts";
import { checkTls } from "./tls.ts";

/** What is served. */
interface ListenParts {
  readonly core: Pick<Core, "prepare" | "respondAll">;
  readonly control: ControlApi;
  readonly clock: Pick<EmulatorClock, "now">;
}

const serviceFields = Object.entries(responseHeaders).flat();
const preflight: WireResponse = { status: 204, fields: Object.entries(preflightHeaders).flat(), body: null };

/**
 * Serves an emulator over HTTP or HTTPS, for as long as something else keeps the process alive.
 *
 * @throws A `TypeError` for an invalid certificate or key.
 */
export async function listen(
  { core, control, clock }: ListenParts,
  options: ListenOptions & { readonly maxBodyBytes?: number } = {},
): Promise<Listener> {
  const {
    port = 0,
    host = "127.0.0.1",
    maxBodyBytes = defaultMaxBodyBytes,
    controlHosts = [],
    controlOrigins = [],
  } = options;
  const tls = options.tls && checkTls(options.tls);
  const hosts = [host, ...controlHosts].map((name) => name.toLowerCase());
  const controlAdapter = createControlAdapter(control, {
    hosts,
    origins: controlOrigins,
    token: checkToken(options.controlToken),
  });
  const batch = createBatch(core);

  const receive = (exchange: HttpExchange): void => {
    const { incoming, target } = exchange;
    const { method = "GET" } = incoming;
    const controlled = controlAdapter(incoming, target);
    if (controlled?.takesPieces) {
      batch.flush();
      return sendControlled(exchange, controlled.respond(exchange.readChunks(Infinity)));
    }
    exchange.readText(controlled?.maxBodyBytes ?? maxBodyBytes, (body) => {
      if (controlled) {
        // Requests that came before it get their responses first.
        batch.flush();
        return sendControlled(exchange, controlled.respond(body));
      }
      if (method === "OPTIONS") return exchange.send(preflight);
      const add = (request: CoreRequest): void =>
        batch.add(request, (response) => send(exchange, response, request.app?.date));
      const request = core.prepare({ method, target, body });
      if (request instanceof Promise) void request.then(add);
      else add(request);
    });
  };
  return serve({
    port,
    host,
    tls,
    onTlsClient: options.onTlsClient,
    limits: { ...defaultListenLimits, ...options.limits },
    // A client that has sent everything may close its side and still wait for responses.
    halfOpen: true,
    clock,
    receive,
  });
}

/** Sends a response of the control API, which may take a while, and may have a body of any size. */
function sendControlled(exchange: HttpExchange, response: PiecesResponse | Promise<PiecesResponse>): void {
  if (response instanceof Promise) {
    exchange.prepareLong();
    return void response.then((ready) => sendControlled(exchange, ready));
  }
  const { body, ...head } = response;
  if (body === null || typeof body === "string" || body instanceof Uint8Array) exchange.send({ ...head, body });
  else exchange.sendPieces(head, body);
}

/** Sends a response with the time of its app. Without an app, the listener's own is sent. */
function send(exchange: HttpExchange, { status, body, delivery }: CoreResponse, date?: () => string): void {
  const time = date ? ["Date", date()] : [];
  if (!delivery) return exchange.send({ status, fields: [...serviceFields, ...time], body });
  const headers = Object.entries({ ...responseHeaders, "Content-Type": delivery.contentType }).flat();
  const fields = [...headers, ...time];
  exchange.deliver({ status: delivery.status, fields, body: delivery.body }, delivery.manner, delivery.delayMs);
}

/**
 * Responds in one transaction to all requests that came within one turn of the event loop, so that they share the cost of making it
 * durable.
 */
interface RequestBatch {
  /** Calls `onResponse` with the response when it is durable. */
  add(request: CoreRequest, onResponse: (response: CoreResponse) => void): void;
  /** Responds to the requests so far. */
  flush(): void;
}

/** Creates an empty batch. */
function createBatch({ respondAll }: Pick<Core, "respondAll">): RequestBatch {
  let requests: CoreRequest[] = [];
  let callbacks: ((response: CoreResponse) => void)[] = [];

  const flush = (): void => {
    if (requests.length === 0) return;
    const [batch, callbacksOfBatch] = [requests, callbacks];
    requests = [];
    callbacks = [];
    for (const [index, response] of respondAll(batch).entries()) callbacksOfBatch[index]?.(response);
  };

  return {
    add(request, onResponse) {
      callbacks.push(onResponse);
      // Sockets are read before this turn's immediates run, so all requests that have arrived by now are in the batch.
      if (requests.push(request) === 1) setImmediate(flush);
    },
    flush,
  };
}
