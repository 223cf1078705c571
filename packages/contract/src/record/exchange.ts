/** What a contract server remembers of one call. */

/** One request and its answer, redacted: a UserSig is in no part of it. It is plain data and can be written as JSON. */
export interface Exchange {
  /** Place of the call in the recording, from 0, in the order in which the requests arrived. */
  readonly index: number;
  /** `operationId` of the description; undefined when no operation has this path and method. */
  readonly operation: string | undefined;
  readonly request: RecordedRequest;
  /**
   * How often the test had said what to answer, or had called `reset`, before this call. Calls with the same number belong to one step of a
   * test, so a repeated request among them is the consumer's own doing. 0 throughout where nobody says.
   */
  readonly step: number;
  /** What Prism makes of the request; undefined when Prism was not asked. `judgedBy` says why. */
  readonly verdict: RecordedVerdict | undefined;
  /**
   * Who found the request good or bad. `prism`: Prism, and its verdict is in `verdict`. `validators`: the checks of this
   * package, which accepted it (the form without a socket asks Prism only about what they refuse). `gate`: the request never became
   * something that Prism can judge, because its body is too large, not JSON, or invalid and over 64 KiB.
   */
  readonly judgedBy: "prism" | "validators" | "gate";
  /**
   * The rules of the description that the request breaks, in the order of the service's checks, at most 100. Empty for a good request.
   */
  readonly problems: readonly Problem[];
  readonly answer: RecordedAnswer;
  /** When the request's head arrived, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds from there until the answer was handed to the connection, with any delay that was asked for. */
  readonly durationMs: number;
}

export interface RecordedRequest {
  readonly method: string;
  /** Path of the URL, without the query. */
  readonly path: string;
  /** The query as it was sent; a name that was given several times has a list. The value of a UserSig is `[redacted]`. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Number of the UserSig: 1 for the first of the recording, the same for the same one; undefined when none was sent. */
  readonly userSig: number | undefined;
  /** The `Prefer` header, undefined when there was none. */
  readonly prefer: string | undefined;
  /** What the body was. `broken` is a body that ended before it was whole. */
  readonly bodyKind: "json" | "empty" | "malformed" | "too large" | "broken";
  /** The parsed body; undefined unless `bodyKind` is `json`, and for a body over 64 KiB that is invalid. */
  readonly body: unknown;
}

/** What Prism by itself says, before the answer is turned into the service's envelope. */
export interface RecordedVerdict {
  /** The HTTP status that Prism would have answered: 200, 401, 404, 405 or 422. */
  readonly status: number;
  readonly violations: readonly {
    readonly location: readonly string[];
    readonly code: string;
    readonly message: string;
  }[];
}

/** A rule of the description that a request breaks. */
export interface Problem {
  readonly in: "path" | "method" | "query" | "body";
  /** JSON pointer inside the query or the body: `/random`, `/ContactItem/0/Type`. Empty for the whole. */
  readonly pointer: string;
  /**
   * The broken keyword of JSON Schema or of the description (`maxItems`, `x-maxBytes`; `oneOf` for a field that the object's kind needs or
   * must not have), or the name of the gate's check (`syntax`).
   */
  readonly rule: string;
  /** The code that the service answers. */
  readonly code: number;
  /** Where, what was expected and what was found: `/ContactItem/0/Type must be 1 or 2, but is "1"`. */
  readonly text: string;
}

export interface RecordedAnswer {
  /** HTTP status; undefined when the connection was reset. */
  readonly status: number | undefined;
  /** The parsed JSON; undefined when there was no body or it was cut off. */
  readonly body: unknown;
  /** `ErrorCode` of the body, 0 for a success; undefined when there was no whole body of the service's. */
  readonly errorCode: number | undefined;
  /** Name of the description's example or catalogue entry that was answered; undefined for a refusal and for a body of the test's own. */
  readonly example: string | undefined;
  /** Who chose: `request` (a good one gets the first example, a bad one its refusal), the `Prefer` header, or `api.next`. */
  readonly chosenBy: "request" | "prefer" | "next";
  /** Faults that were played, in the order in which they took effect. */
  readonly faults: readonly Fault[];
}

/** Ways to break an answer: late, no answer of the service, no answer at all, or a cut-off one. */
export type Fault = "delay" | "status" | "reset" | "truncate";
