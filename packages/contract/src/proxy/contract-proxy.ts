import type { Clock } from "@contact-groups/core/clock";
import { defaultListenLimits, type HttpExchange, listen, type Listener } from "@contact-groups/core/node-http";
import { realClock } from "@contact-groups/core/real-clock";
import { createUpstream } from "@contact-groups/core/upstream";
import { errorCodes } from "@contact-groups/openapi/model";
import { type Contract, ContractViolationError } from "../contract.ts";
import { requirePositive } from "../create-contract.ts";
import { loadPrism } from "../load-prism.ts";
import type { Violation } from "../judge/violation.ts";
import { failure } from "../response.ts";
import { verdictOf } from "../verdict.ts";
import { respondToControl } from "./control.ts";
import { createProxiedCalls, type ProxiedCalls } from "./proxied-calls.ts";
import { isLoopback } from "../verify/verify-options.ts";
import { kindOf, mayWrite, toTarget } from "./target.ts";

/** Options of `startContractProxy`. */
export interface ContractProxyOptions {
  /** Provider that calls are forwarded to: a region of the service such as `singapore`, or a URL; that of a gateway can have a path. */
  readonly upstream: string;
  /**
   * TCP port to listen on; 0 selects a free one.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * Address to listen on. The default is reachable only from this machine.
   *
   * @default "127.0.0.1"
   */
  readonly host?: string;
  /**
   * Header fields that are added to each call, such as the `Authorization` of a gateway. They replace those of the caller, and are not
   * recorded.
   *
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Certificates to trust for the provider, in PEM.
   *
   * @default undefined, those of Node.js
   */
  readonly ca?: string;
  /**
   * Folder to record the calls in, without credentials, for the commands `check` and `coverage`.
   *
   * @default undefined, no recording
   */
  readonly record?: string;
  /**
   * Whether calls that may write are forwarded to a provider that is not on this machine. Otherwise they get a failure, and `assertValid`
   * throws.
   *
   * @default false
   */
  readonly allowWrites?: boolean;
  /**
   * Time limit in milliseconds for a response of the provider.
   *
   * @default 30_000
   */
  readonly timeoutMs?: number;
  /**
   * Maximum number of calls that are kept. When there are more, the oldest ones are forgotten, and `assertValid` throws.
   *
   * @default 100_000
   */
  readonly maxExchanges?: number;
  /**
   * Time of the recording.
   *
   * @default the machine's clock
   */
  readonly clock?: Clock;
  /** Called with the first violation of each kind, soon after its call. */
  readonly onViolation?: (violation: Violation) => void;
}

/**
 * A proxy that listens. `violations` and `assertValid` are those of a contract server, but report both sides by default: the calls of the
 * code under test, and the responses of the provider.
 */
export interface ContractProxy extends Listener, Pick<Contract, "exchanges" | "violations" | "assertValid"> {}

/** Bodies up to this size are forwarded in either direction. */
const maxBodyBytes = 16 * 1024 * 1024;

/**
 * Starts a proxy in front of a provider, such as the service, an emulator or a gateway. It forwards each call byte for byte, and validates the
 * request and the response. Paths of other APIs are forwarded without validation.
 *
 * `/__contract/violations`, `/__contract/coverage` and `/__contract/exchanges` report what was found so far.
 *
 * @param options The provider, address, header fields and limits.
 * @returns The running proxy.
 * @throws {TypeError} when `upstream` is neither a region nor a URL.
 * @throws {RangeError} when a limit is not a positive integer.
 * @throws {Error} Node's own error when it cannot listen, for example with `code: "EADDRINUSE"`, or when it cannot record.
 * @example
 * ```ts
 * await using proxy = await startContractProxy({ upstream: "http://127.0.0.1:4020" });
 * await runTests({ baseUrl: proxy.url });
 * proxy.assertValid();
 * ```
 */
export async function startContractProxy(options: ContractProxyOptions): Promise<ContractProxy> {
  const { port = 0, host = "127.0.0.1", headers = {}, ca, allowWrites = false } = options;
  const { timeoutMs = 30_000, maxExchanges = 100_000, clock = realClock } = options;
  requirePositive({ timeoutMs, maxExchanges });
  const { origin, basePath } = toTarget(options.upstream);
  const upstream = createUpstream(origin, { timeoutMs, ca, maxResponseBytes: maxBodyBytes });
  const calls = createProxiedCalls({ ...options, headers, maxExchanges, clock });
  await loadPrism();
  const isAllowed = allowWrites || isLoopback(origin);
  const added = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const open = new Set<Promise<void>>();

  const receive = async (exchange: HttpExchange): Promise<void> => {
    const { incoming, outgoing, target } = exchange;
    const { method = "GET", rawHeaders } = incoming;
    const [path = ""] = target.split("?", 1);
    const control = respondToControl(method, path, calls);
    if (control) return exchange.send(control);
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());

    const kind = method === "OPTIONS" ? "other" : kindOf(path);
    const call = kind === "other" ? undefined : calls.begin({ method, target, fields: rawHeaders });
    const body = await readBytes(exchange).catch((error: unknown) => {
      call?.cutOff();
      throw error;
    });
    if (!body) {
      call?.cutOff();
      return sendText(exchange, 413, `The proxy forwards bodies of up to ${maxBodyBytes} bytes.`);
    }
    if (!isAllowed && mayWrite(method, path)) {
      await (call ? call.end({ body, notSent: true }) : calls.countNotSent());
      return exchange.send(notAllowed(origin));
    }
    const fields = [...withoutFields(rawHeaders, added), ...Object.entries(headers).flat()];
    try {
      const response = await upstream.send({ method, target: basePath + target, fields, body }, gone.signal);
      await call?.end({ body, response });
      const isBodiless = method === "HEAD" || response.status === 204 || response.status === 304;
      exchange.send({ status: response.status, fields: response.fields, body: isBodiless ? null : response.body });
    } catch (error) {
      await call?.end({ body, isLost: gone.signal.aborted });
      sendText(
        exchange,
        502,
        `The proxy has no response: ${error instanceof Error ? error.message : "unknown error"}.`,
      );
    }
  };

  const listener = await listen({
    port,
    host,
    limits: { ...defaultListenLimits, unreadMs: Math.max(defaultListenLimits.unreadMs, 2 * timeoutMs), graceMs: 0 },
    // A client that disconnects no longer wants its response.
    halfOpen: false,
    clock,
    receive(exchange) {
      const received = receive(exchange)
        .catch(() => void exchange.outgoing.destroy())
        .finally(() => open.delete(received));
      open.add(received);
    },
  });
  const close = async (): Promise<void> => {
    await listener.close();
    await Promise.allSettled(open);
    upstream.close();
    calls.close();
  };
  if (new URL(origin).host === new URL(listener.url).host) {
    await close();
    throw new TypeError("upstream is the address of the proxy itself.");
  }
  return Object.assign(contractOf(calls), listener, { close, [Symbol.asyncDispose]: close });
}

function contractOf(calls: ProxiedCalls): Pick<Contract, "exchanges" | "violations" | "assertValid"> {
  return {
    get exchanges() {
      return [...calls.exchanges];
    },
    violations: (options) => calls.judged(options).violations,
    assertValid(options) {
      const judged = calls.judged(options);
      const { outcome, text } = verdictOf(judged);
      if (outcome !== "passed") throw new ContractViolationError(text, judged.violations, outcome);
    },
  };
}

/** The failure of a call that may write. */
function notAllowed(origin: string): {
  readonly status: number;
  readonly fields: readonly string[];
  readonly body: string;
} {
  const info = `The proxy does not send calls that may write to ${new URL(origin).host}. Allow them with --yes (allowWrites).`;
  const body = JSON.stringify(failure({ code: errorCodes.RequestDisabled, info }));
  return { status: 200, fields: ["Content-Type", "application/json"], body };
}

function sendText(exchange: HttpExchange, status: number, text: string): void {
  exchange.send({ status, fields: ["Content-Type", "text/plain; charset=utf-8"], body: `${text}\n` });
}

function withoutFields(fields: readonly string[], names: ReadonlySet<string>): string[] {
  return fields.filter((_, index) => !names.has((fields[index - (index % 2)] ?? "").toLowerCase()));
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
