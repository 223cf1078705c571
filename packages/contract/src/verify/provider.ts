import { parseJson } from "@contact-groups/core/json";
import { type Clock, sleep } from "@contact-groups/core/clock";
import type { Clean } from "@contact-groups/core/redact";
import { cleaner, signatureName } from "../operations.ts";
import type { HeaderFields, ResponseMessage } from "../message.ts";
import { checkLatency } from "../message-checks.ts";
import type { Prism } from "../prism.ts";
import { createPace } from "./pace.ts";
import { type PreparedCall, type VerifyCaller, toUrl } from "./request.ts";

/** A response of the provider. */
export interface ProviderResponse {
  /** As it was sent, with the credentials that it may have; only for checks. */
  readonly message: ResponseMessage;
  /** The UserSigs and keys of the call, which a response must not repeat. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970 when the request was sent. */
  readonly sentAt: number;
  /** Milliseconds from the request until the whole response was there. */
  readonly tookMs: number;
  readonly status: number;
  /** The parsed JSON, without credentials; undefined when it is not JSON. */
  readonly body: unknown;
  /** The text, without credentials. */
  readonly text: string;
  /** The limit of this program that the body exceeds, which was not read to its end or not parsed. */
  readonly exceeds?: string;
  /** Why this is no response of the service, although the same call was sent several times and other calls have one. */
  readonly noResponse?: string;
  /** Whether the call was sent before, without a response, so that it may have been done twice. */
  readonly isRepeated?: true;
}

/** There was no response, or only that of something in front of the service, and other calls have none either. */
export class NoResponseError extends Error {
  override readonly name = "NoResponseError";
}

/** Limits of a response, so that a provider cannot use up the memory and the time; what the description allows has less than a tenth of them. */
const [mostMebibytes, deepest] = [16, 512];

/** Reads a body that is within the limits, or as much as shows that it is not. */
async function read(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array | { readonly exceeds: string }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostMebibytes * 2 ** 20) return { exceeds: `at most ${mostMebibytes} MiB` };
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return isDeep(bytes) ? { exceeds: `at most ${deepest} lists and objects in one another` } : bytes;
}

const [quote, backslash] = [0x22, 0x5c];

/** Whether more lists and objects of a JSON text are open at the same time than allowed. */
function isDeep(bytes: Uint8Array): boolean {
  let open = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) isText = !isText;
    else if (isText) at += Number(byte === backslash);
    else if (byte === 0x5b || byte === 0x7b) open++;
    else if (byte === 0x5d || byte === 0x7d) open--;
    if (open > deepest) return true;
  }
  return false;
}

/** The provider that is verified. Calls to it stay below the configured rate. */
export interface Provider {
  /**
   * Sends a call, again if it has no response. If it never has one, but the call of `relyOn` has, the result has `noResponse`.
   * Otherwise it throws a `NoResponseError`.
   */
  send(call: PreparedCall): Promise<ProviderResponse>;
  /** Sends calls concurrently and without pauses, after a pause that frees the rate limit. Responses as of `send`. */
  burst(calls: readonly PreparedCall[], seconds: number): Promise<readonly ProviderResponse[]>;
  /** Sets the call that has a response as long as the provider works. */
  relyOn(call: () => PreparedCall): void;
  /** Waits until another span of the rate limit has begun. */
  rest(seconds: number): Promise<void>;
  /** Why further calls would cost too much time: there were many late or large responses. */
  readonly tooCostly: string | undefined;
  readonly calls: number;
  /** Calls that had a response only when they were sent again. */
  readonly repeated: number;
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
const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);
const atOnce = 32;
/** Before a call without a response is sent again, for the first time. */
const retryAfterMs = 250;
const mostRetries = 2;
/** The number of too large responses, and the total time of late ones, after which no more are needed to judge the provider. */
const [mostLarge, mostLateMs] = [10, 60_000];
/** A provider that so often had no response to a call, but to others, is believed at once. */
const mostRetried = 3;

export function createProvider(options: ProviderOptions): Provider {
  const { baseUrl, fetch, clock, callsPerSecond, timeoutMs, secrets } = options;
  const pace = createPace(callsPerSecond, clock);
  let control: (() => PreparedCall) | undefined;
  let retried = 0;
  let calls = 0;
  let restedMs = 0;
  let lateMs = 0;
  let large = 0;
  let repeated = 0;

  async function fetchResponse(call: PreparedCall): Promise<ProviderResponse> {
    calls++;
    const ofCall = secretsOf(call, secrets);
    const clean = cleaner(ofCall);
    const sentAt = clock.now();
    const responded = (status: number, headers: HeaderFields, body: Uint8Array): ProviderResponse => {
      const text = new TextDecoder().decode(body);
      const tookMs = clock.now() - sentAt;
      if (checkLatency(tookMs).length > 0) lateMs += tookMs;
      const message = { status, headers, body };
      return { message, secrets: ofCall, sentAt, tookMs, status, ...parse(text, clean) };
    };
    try {
      const response = await fetch(toUrl(baseUrl, call), {
        method: call.method,
        headers: call.headers.map(([name, value]): [string, string] => [name, value]),
        ...(call.body !== undefined && { body: call.body }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { status, headers } = response;
      const bytes = await read(response.body);
      if ("exceeds" in bytes) large++;
      const whole =
        "exceeds" in bytes
          ? { ...responded(status, [...headers], new Uint8Array()), ...bytes }
          : responded(status, [...headers], bytes);
      if (!gatewayStatuses.has(status)) return whole;
      return { ...whole, noResponse: `HTTP ${status} from something in front of the service` };
    } catch (error) {
      return { ...responded(0, [], new Uint8Array()), noResponse: clean.text(failureOf(error, timeoutMs)) };
    }
  }

  /** Returns the responses if the provider works. */
  async function known<Responses>(responses: Responses, failure: string): Promise<Responses> {
    if (control) {
      await pace.next();
      if ((await fetchResponse(control())).noResponse === undefined) return responses;
    }
    throw new NoResponseError(failure);
  }

  async function rest(ms: number): Promise<void> {
    restedMs += ms;
    await sleep(clock, ms);
  }

  async function atOnceAfterRest(all: readonly PreparedCall[], seconds: number): Promise<readonly ProviderResponse[]> {
    await rest(seconds * 1000);
    const responses: ProviderResponse[] = [];
    const queue = all.entries();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const [index, call] of queue) responses[index] = await fetchResponse(call);
      }),
    );
    return responses;
  }

  return {
    async send(call) {
      const retries = retried < mostRetried ? mostRetries : 0;
      for (let retry = 0; ; retry++) {
        await pace.next();
        const response = await fetchResponse(call);
        if (response.noResponse === undefined) {
          if (retry === 0) return response;
          repeated++;
          return { ...response, isRepeated: true };
        }
        if (retry < retries) {
          await sleep(clock, retryAfterMs * 2 ** retry);
          continue;
        }
        await known(response, response.noResponse);
        retried++;
        return response;
      }
    },
    async burst(all, seconds) {
      const failureIn = (responses: readonly ProviderResponse[]): string | undefined =>
        responses.find(({ noResponse }) => noResponse !== undefined)?.noResponse;
      const first = await atOnceAfterRest(all, seconds);
      if (failureIn(first) === undefined) return first;
      const again = await atOnceAfterRest(all, seconds);
      const failure = failureIn(again);
      if (failure === undefined) return again;
      await rest(seconds * 1000);
      return known(again, failure);
    },
    relyOn(call) {
      control = call;
    },
    rest: (seconds) => rest(seconds * 1000),
    get tooCostly() {
      if (large >= mostLarge) return `${mostLarge} responses were too large`;
      return lateMs < mostLateMs ? undefined : `the responses that were late took ${mostLateMs / 1000} s together`;
    },
    get calls() {
      return calls;
    },
    get repeated() {
      return repeated;
    },
    get waitedMs() {
      return restedMs + pace.waitedMs;
    },
  };
}

function secretsOf({ query }: PreparedCall, secrets: readonly string[]): readonly string[] {
  const signatures = query.filter(([name]) => name.toLowerCase() === signatureName).map(([, value]) => value);
  return [...secrets, ...signatures];
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
