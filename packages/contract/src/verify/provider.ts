import { type Clock, sleep } from "@contact-groups/core/clock";
import type { Clean } from "@contact-groups/core/redact";
import { cleaner, signatureName } from "../operations.ts";
import type { AnswerJudge } from "../prism.ts";
import { type Call, type Caller, toUrl } from "./request.ts";

/** What came back. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON, without credentials; undefined when it is none. */
  readonly body: unknown;
  /** The text, without credentials. */
  readonly text: string;
}

/** Nobody answered, or something in front of the service did. That says nothing about the service. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/** The provider that is verified: makes calls, not more in a second than it was told to. */
export interface Provider {
  /** Throws a `NoAnswerError`. */
  send(call: Call): Promise<Answer>;
  /** Makes calls without a wait between them, so many at the same time, after a pause that makes room for them. */
  burst(
    calls: readonly Call[],
    seconds: number,
  ): Promise<{ readonly answers: readonly Answer[]; readonly tookMs: number }>;
  /** Waits until another span of the rate limit has begun. */
  rest(seconds: number): Promise<void>;
  readonly calls: number;
  /** Milliseconds that were waited because of the rate limit. */
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

/** Statuses of something that stands in front of a service that does not answer. */
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

  async function ask(call: Call): Promise<Answer> {
    calls++;
    const clean = cleanerOf(call, secrets);
    try {
      const response = await fetch(toUrl(baseUrl, call), {
        method: call.method,
        headers: { "Content-Type": "application/json" },
        ...(call.body !== undefined && { body: call.body }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      if (gatewayStatuses.has(response.status))
        throw new NoAnswerError(`HTTP ${response.status} from something in front of the service`);
      return { status: response.status, ...parse(text, clean) };
    } catch (error) {
      if (error instanceof NoAnswerError) throw error;
      throw new NoAnswerError(clean.text(reason(error, timeoutMs)));
    }
  }

  return {
    async send(call) {
      await pace();
      return ask(call);
    },
    async burst(all, seconds) {
      await wait(seconds * 1000);
      const answers: Answer[] = [];
      const startedAt = clock.now();
      const queue = all.entries();
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (const [index, call] of queue) answers[index] = await ask(call);
        }),
      );
      const tookMs = clock.now() - startedAt;
      return { answers, tookMs };
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

function cleanerOf({ query }: Call, secrets: readonly string[]): Clean {
  const signatures = query.filter(([name]) => name.toLowerCase() === signatureName).map(([, value]) => value);
  return cleaner([...secrets, ...signatures]);
}

function parse(text: string, clean: Clean): Pick<Answer, "body" | "text"> {
  try {
    return { body: clean.body(JSON.parse(text), text), text: clean.text(text) };
  } catch {
    return { body: undefined, text: clean.text(text) };
  }
}

function reason(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${timeoutMs} ms`;
  // fetch says only that it failed; the cause says how.
  const { cause } = error;
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : undefined;
  return code ? `the connection failed: ${code}` : error.message;
}

/** With what scenarios are run. */
export interface Runner {
  readonly provider: Provider;
  readonly prism: AnswerJudge;
  readonly caller: Caller;
  readonly clock: Clock;
}
