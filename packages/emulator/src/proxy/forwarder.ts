/** Forwards calls, records them and compares what the service responds. */
import { type Clock, systemClock } from "@contact-groups/core/clock";
import { createComparison, type Verdict } from "./comparison.ts";
import { contentOf, type ResponseContent, toRecordedCall } from "./content.ts";
import type { ProxyReport } from "./findings.ts";
import { createLearner } from "./learn.ts";
import { type ObservedCall, observeCall } from "./observed-call.ts";
import { createOverlapTracker } from "./overlap.ts";
import { createPseudonyms } from "./pseudonyms.ts";
import { createQueue } from "./queue.ts";
import type { Recording } from "./recording.ts";
import type { Settings } from "../settings.ts";
import type { ForwardedRequest, Upstream, UpstreamResponse } from "@contact-groups/core/upstream";

/** What forwarding, recording and comparing need. */
export interface ForwarderOptions {
  /** Settings of the emulator that the service is compared with. */
  readonly settings: Settings;
  /** Whether the proxy itself reads what a user has, before the user's first call. */
  readonly learn: boolean;
  readonly recording?: Recording | undefined;
  /**
   * Key of the pseudonyms that replace UserIDs, GroupIDs, names and texts in everything that is kept and shown. Who has it can find out
   * whether a name that they know is in a recording.
   *
   * @default undefined, no pseudonyms
   */
  readonly pseudonymKey?: Uint8Array | undefined;
  /**
   * The machine's time.
   *
   * @default systemClock
   */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** Called with each call after it was compared. It holds no credential. */
  readonly onCall: (call: ProxiedCall) => void;
  /** Called with why a call was not recorded or compared, which changes no response. */
  readonly onError: (message: string) => void;
}

/** A call, as the log shows it. */
export interface ProxiedCall {
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Status of the service; undefined when there was no response. */
  readonly status: number | undefined;
  readonly durationMs: number;
  /** Why there was no response. */
  readonly failure: string | undefined;
  readonly verdict: Verdict;
}

/** A response, or why there is none. */
export interface Forwarded {
  readonly response: UpstreamResponse | undefined;
  readonly failure: string;
}

/** Forwards calls. */
export interface Forwarder {
  /** Forwards a call. It does not throw. */
  forward(request: ForwardedRequest, signal: AbortSignal): Promise<Forwarded>;
  /** Returns what was found so far. */
  report(): ProxyReport;
  /** Resolves when all calls so far were compared. */
  settled(): Promise<void>;
}

/** No more calls than this wait for their comparison. */
const mostWaiting = 200;

/**
 * Creates a forwarder.
 *
 * @param paths The paths whose calls are recorded and compared.
 */
export function createForwarder(
  upstream: Upstream,
  paths: ReadonlySet<string>,
  { settings, learn, recording, pseudonymKey, clock = systemClock, onCall, onError }: ForwarderOptions,
): Forwarder {
  const comparison = createComparison(settings);
  const begin = createOverlapTracker();
  const newNames = pseudonymKey && createPseudonyms(pseudonymKey);
  const queue = createQueue(mostWaiting, (error) => onError(`A call was not compared: ${messageOf(error)}.`));
  let total = 0;
  let isRecording = recording !== undefined;

  const observe = (request: ForwardedRequest): ObservedCall =>
    observeCall({ ...request, number: ++total, at: clock.now() });

  /** Runs what must not keep a call from its response. */
  const attempt = <Value>(run: () => Value): Value | undefined => {
    try {
      return run();
    } catch (error) {
      onError(`A call was neither recorded nor compared: ${messageOf(error)}.`);
      return undefined;
    }
  };

  const send = async (
    call: ObservedCall,
    request: ForwardedRequest,
    signal: AbortSignal,
    comment?: string,
  ): Promise<Forwarded & { readonly content: ResponseContent | undefined }> => {
    const running = begin(call);
    const started = clock.now();
    let response: UpstreamResponse | undefined;
    let failure = "";
    try {
      response = await upstream.send(request, signal);
    } catch (error) {
      failure = messageOf(error);
    }
    // The clock can be set back meanwhile.
    const durationMs = Math.max(0, clock.now() - started);
    const isOverlapped = running.end();
    const content = response && attempt(() => contentOf(response, call.cleaner, clock.now()));
    const names = newNames?.();
    record(() => {
      const why = comment ?? (failure === "" ? undefined : failure);
      const ended = { origin: upstream.origin, call, request, content, durationMs, comment: why };
      if (paths.has(call.path)) recording?.add(toRecordedCall(ended, names));
    });
    queue.add(() => {
      const verdict = comparison.compare({ call, response: content, isOverlapped, names });
      const { number, at, method } = call;
      const [path = ""] = call.url.split("?", 1);
      const shown = failure === "" ? undefined : failure;
      onCall({ number, at, method, path, status: response?.status, durationMs, failure: shown, verdict });
    });
    return { response, content, failure };
  };

  const record = (run: () => void): void => {
    if (!isRecording) return;
    try {
      run();
    } catch (error) {
      isRecording = false;
      onError(`Calls are no longer recorded: ${messageOf(error)}.`);
    }
  };

  const learner = createLearner(
    async (request, signal) => {
      const { content } = await send(observe(request), request, signal, "made by --learn");
      return content?.text;
    },
    async (call) => {
      await queue.settled();
      return comparison.isKnown(call);
    },
  );

  return {
    async forward(request, signal) {
      // Calls that come faster than they are compared wait here.
      await queue.ready();
      const call = attempt(() => observe(request));
      if (!call) return upstream.send(request, signal).then(toForwarded, toFailure);
      if (learn && call.operation) await learner.learn(call, request.target);
      return send(call, request, signal);
    },
    report: () => comparison.report(),
    settled: () => queue.settled(),
  };
}

function toForwarded(response: UpstreamResponse): Forwarded {
  return { response, failure: "" };
}

function toFailure(error: unknown): Forwarded {
  return { response: undefined, failure: messageOf(error) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown error";
}
