import { parseJson } from "@contact-groups/core/json";
import { type Clock, sleep } from "@contact-groups/core/clock";
import type { Clean } from "@contact-groups/core/redact";
import { cleaner, signatureName } from "../operations.ts";
import type { ResponseMessage } from "../message.ts";
import type { Prism } from "../prism.ts";
import { type PreparedCall, type VerifyCaller, toUrl } from "./request.ts";

/** A response of the provider. */
export interface ProviderResponse {
  /** As it was sent, with the credentials that it may have; only for checks. */
  readonly message: ResponseMessage;
  /** Milliseconds from the request until the whole response was there. */
  readonly tookMs: number;
  readonly status: number;
  /** The parsed JSON, without credentials; undefined when it is not JSON. */
  readonly body: unknown;
  /** The text, without credentials. */
  readonly text: string;
}

/** There was no response, or only that of something in front of the service, which says nothing about the service. */
export class NoResponseError extends Error {
  override readonly name = "NoAnswerError";
}

/** The provider that is verified. Calls to it stay below the configured rate. */
export interface Provider {
  /** Throws a `NoResponseError`. */
  send(call: PreparedCall): Promise<ProviderResponse>;
  /** Sends calls concurrently and without pauses, after a pause that frees the rate limit. */
  burst(
    calls: readonly PreparedCall[],
    seconds: number,
  ): Promise<{ readonly responses: readonly ProviderResponse[]; readonly tookMs: number }>;
  /** Waits until another span of the rate limit has begun. */
  rest(seconds: number): Promise<void>;
  readonly calls: number;
  /** Milliseconds spent waiting for the rate limit. */
  readonly waitedMs: number;
}

export interface ProviderOptions {
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly callsPerSecond: number;
  readonly timeoutMs: number;
  readonly secrets: readonly string[];
}

/** Statuses of a gateway whose service does not respond. */
const gatewayStatuses = new Set([502, 503, 504]);
const atOnce = 32;
/** A timer is not exact, so shorter waits are saved up. */
const shortestWaitMs = 10;

export function createProvider(options: ProviderOptions): Provider {
  const { baseUrl, fetch, clock, callsPerSecond, timeoutMs, secrets } = options;
  const intervalMs = 1000 / callsPerSecond;
  let free = clock.now();
  let calls = 0;
  let waitedMs = 0;

  async function wait(ms: number): Promise<void> {
    waitedMs += ms;
    await sleep(clock, ms);
  }

  async function pace(): Promise<void> {
    const now = clock.now();
    free = Math.max(free, now) + intervalMs;
    if (free - now > shortestWaitMs) await wait(free - now);
  }

  async function fetchResponse(call: PreparedCall): Promise<ProviderResponse> {
    calls++;
    const clean = cleanerOf(call, secrets);
    const startedAt = clock.now();
    try {
      const response = await fetch(toUrl(baseUrl, call), {
        method: call.method,
        headers: { "Content-Type": "application/json" },
        ...(call.body !== undefined && { body: call.body }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body = new Uint8Array(await response.arrayBuffer());
      if (gatewayStatuses.has(response.status))
        throw new NoResponseError(`HTTP ${response.status} from something in front of the service`);
      const message = { status: response.status, headers: [...response.headers], body };
      const text = new TextDecoder().decode(body);
      return { message, tookMs: clock.now() - startedAt, status: response.status, ...parse(text, clean) };
    } catch (error) {
      if (error instanceof NoResponseError) throw error;
      throw new NoResponseError(clean.text(failureOf(error, timeoutMs)));
    }
  }

  return {
    async send(call) {
      await pace();
      return fetchResponse(call);
    },
    async burst(all, seconds) {
      await wait(seconds * 1000);
      const responses: ProviderResponse[] = [];
      const startedAt = clock.now();
      const queue = all.entries();
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (const [index, call] of queue) responses[index] = await fetchResponse(call);
        }),
      );
      const tookMs = clock.now() - startedAt;
      return { responses, tookMs };
    },
    rest: (seconds) => wait(seconds * 1000),
    get calls() {
      return calls;
    },
    get waitedMs() {
      return waitedMs;
    },
  };
}

function cleanerOf({ query }: PreparedCall, secrets: readonly string[]): Clean {
  const signatures = query.filter(([name]) => name.toLowerCase() === signatureName).map(([, value]) => value);
  return cleaner([...secrets, ...signatures]);
}

function parse(text: string, clean: Clean): Pick<ProviderResponse, "body" | "text"> {
  try {
    return { body: clean.body(parseJson(text), text), text: clean.text(text) };
  } catch {
    return { body: undefined, text: clean.text(text) };
  }
}

function failureOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no response within ${timeoutMs} ms`;
  // fetch reports only that it failed; the cause has the details.
  const { cause } = error;
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : undefined;
  return code ? `the connection failed: ${code}` : error.message;
}

/** What scenarios need to run. */
export interface Runner {
  readonly provider: Provider;
  readonly prism: Prism;
  readonly caller: VerifyCaller;
  readonly clock: Clock;
}
