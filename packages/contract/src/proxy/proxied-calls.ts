/** The calls of a proxy: each is validated on both sides, cleaned and recorded before its caller has the response. */
import { accessSync, constants, mkdirSync } from "node:fs";
import type { Clock } from "@contact-groups/core/clock";
import { decompress } from "@contact-groups/core/decompress";
import type { UpstreamResponse } from "@contact-groups/core/upstream";
import { createObserver } from "../har/read.ts";
import type { JudgeOptions } from "../judge/judge.ts";
import type { Violation } from "../judge/violation.ts";
import { type HeaderFields, headerOf, type ResponseMessage, toHeaderFields } from "../message.ts";
import { checkExchanges } from "../record/check.ts";
import type { Exchange } from "../record/exchange.ts";
import { recordTo } from "../record/folder.ts";
import { createRecording } from "../record/recording.ts";
import { type Judged, judgedOf } from "../verdict.ts";
import { secretsOf, withoutSecrets } from "./clean.ts";
import { createLive, decidedAtEnd } from "./live.ts";

interface ProxiedCallsOptions {
  /** Header fields that the proxy adds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly record?: string;
  readonly maxExchanges: number;
  readonly clock: Clock;
  readonly onViolation?: (violation: Violation) => void;
}

/** A request before its body. */
interface Head {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly string[];
}

/** A call in progress. */
interface Begun {
  /** The request did not arrive as a whole. */
  cutOff(): void;
  /** Validates and records the call. Does not reject. */
  end(rest: {
    readonly body: Buffer;
    /** Undefined when the provider sent none. */
    readonly response?: UpstreamResponse;
    /** The caller disconnected before the response. */
    readonly isLost?: boolean;
    /** The call was not sent to the provider. */
    readonly notSent?: true;
  }): Promise<void>;
}

export interface ProxiedCalls {
  begin(head: Head): Begun;
  /** A call of another API was not sent to the provider. */
  countNotSent(): void;
  readonly exchanges: readonly Exchange[];
  judged(options?: JudgeOptions): Judged;
  close(): void;
}

/** Creates the calls. Throws an `Error` when the folder of the recording cannot be written. */
export function createProxiedCalls(options: ProxiedCallsOptions): ProxiedCalls {
  const { headers, record, maxExchanges, clock, onViolation } = options;
  const recording = createRecording(maxExchanges);
  const observe = createObserver(recording);
  const append = record === undefined ? undefined : openFolder(record);
  const own = Object.values(headers).flatMap((value) => [value, value.replace(/^\S+\s+/, "")]);
  const notSent = new Set<number>();
  let otherNotSent = 0;
  let cutOff = 0;
  let notKept = 0;

  const judged = ({ sides = ["request", "response"], ignore = [] }: JudgeOptions = {}): Judged => {
    const { exchanges, forgotten } = recording;
    const { violations, lost } = checkExchanges(exchanges, { ignore });
    const found = violations.filter(({ side }) => sides.includes(side));
    return judgedOf(exchanges, found, {
      forgotten,
      cutOff,
      notKept,
      notSent: notSent.size + otherNotSent,
      noResponse: lost - notSent.size,
    });
  };
  const live = onViolation && createLive(() => judged({ ignore: decidedAtEnd }).violations, onViolation, clock);

  const keep = (exchange: Exchange): void => {
    recording.add(exchange);
    append?.(exchange);
    live?.update();
  };

  return {
    begin({ method, target, fields }) {
      const arrived = recording.arrive();
      const startedAt = clock.now();
      const requestHeaders = toHeaderFields(fields);
      return {
        cutOff: () => void (cutOff += 1),
        async end({ body, response, isLost = false, notSent: isNotSent }) {
          if (isNotSent) notSent.add(arrived.index);
          try {
            const exchange = await observe({
              arrived,
              method,
              url: `http://proxy.invalid${target}`,
              requestHeaders,
              requestBody: body,
              response: response && toMessage(response),
              isLost,
              startedAt,
              // The clock can be set back meanwhile.
              durationMs: Math.max(0, clock.now() - startedAt),
            });
            keep(withoutSecrets(exchange, [...own, ...secretsOf([...requestHeaders, ...parametersOf(target)])]));
          } catch {
            notKept += 1;
          }
        },
      };
    },
    countNotSent: () => void (otherNotSent += 1),
    get exchanges() {
      return recording.exchanges;
    },
    judged,
    close: () => live?.close(),
  };
}

/** Returns the parameters of a query, decoded and as they were sent: a provider can repeat either. */
function parametersOf(target: string): HeaderFields {
  const [, query = ""] = /\?(.*)$/s.exec(target) ?? [];
  const sent = query.split("&").map((part): [string, string] => {
    const [name = "", ...value] = part.split("=");
    return [name, value.join("=")];
  });
  return [...new URLSearchParams(query), ...sent];
}

function openFolder(folder: string): (exchange: Exchange) => void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`The calls cannot be recorded in ${folder} (${code}). Choose a writable folder.`, { cause: error });
  }
  return recordTo(folder);
}

/** Returns a response as its checks read it, without compression. */
function toMessage({ status, fields, body }: UpstreamResponse): ResponseMessage {
  const headers: HeaderFields = toHeaderFields(fields);
  return { status, headers, body: decompress(body, headerOf(headers, "Content-Encoding")) };
}
