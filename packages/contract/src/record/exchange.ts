/** What a contract server records of one call. */
import type { PrismVerdict } from "../prism.ts";

/** One request and its response, as plain JSON data. UserSigs are redacted in every part. */
export interface Exchange {
  /** Place of the call in the recording, from 0, in the order in which the requests arrived. */
  readonly index: number;
  /** `operationId` of the description; undefined when no operation has this path and method. */
  readonly operation: string | undefined;
  readonly request: RecordedRequest;
  /**
   * How many responses the test had planned, and how often it had called `reset`, before this call. Calls with the same number belong to one
   * step of a test, so a repeated request among them is the consumer's own. Always 0 in a recording of another program.
   */
  readonly step: number;
  /**
   * Prism's verdict on the request. Undefined when Prism cannot read the request, as its media type is not one or its JSON is malformed, and
   * when it did not get it, as its body is too large, or invalid and over 64 KiB.
   */
  readonly verdict: PrismVerdict | undefined;
  /**
   * The rules of the description that the request breaks, in the order of the service's checks, at most 500. Empty for a valid request.
   */
  readonly violations: readonly RecordedViolation[];
  readonly response: RecordedResponse;
  /** When the request's head arrived, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds from there until the response was sent, including a planned delay. */
  readonly durationMs: number;
  /** The caller disconnected before the response; undefined otherwise. */
  readonly isLost?: true;
  /** Indexes of the calls that had no response yet when this one arrived, at most 100; undefined when there was none. */
  readonly overlaps?: readonly number[];
}

/** The request of an exchange. */
export interface RecordedRequest {
  readonly method: string;
  /** Path of the URL, without the query. */
  readonly path: string;
  /** The query as it was sent; a name that was given several times has a list. The value of a UserSig is `[redacted]`. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Number of the UserSig: 1 for the first of the recording, the same for the same one; undefined when none was sent. */
  readonly userSig: number | undefined;
  /** Header fields, with names in lower case, without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `Prefer` header, undefined when there was none. */
  readonly prefer: string | undefined;
  /** The kind of the body. `broken` is a body whose connection ended early. */
  readonly bodyKind: "json" | "empty" | "malformed" | "too large" | "broken";
  /** The parsed body; undefined unless `bodyKind` is `json`, and for a body over 64 KiB that is invalid. */
  readonly body: unknown;
}

/** A rule of the description that a request breaks. */
export interface RecordedViolation {
  readonly in: "path" | "method" | "query" | "header" | "body";
  /** JSON pointer inside the query, the header fields or the body: `/random`, `/ContactItem/0/Type`. Empty for the whole. */
  readonly pointer: string;
  /**
   * The broken keyword of JSON Schema or of the description (`maxItems`, `x-maxBytes`; `oneOf` for a field that the object's kind needs or
   * must not have), the name of a request check (`syntax`), or the name of a rule of messages (`content-type`, `encoding`, `duplicate-key`,
   * `integer-form`, `secret`), or `prism` for what only Prism finds.
   */
  readonly rule: string;
  /** The code of the service's response; undefined for a rule that the service is not known to check, so that the response is the normal one. */
  readonly code: number | undefined;
  /** Where, what was expected and what was found: `/ContactItem/0/Type must be 1 or 2, but is "1"`. */
  readonly message: string;
}

/** A rule that a response breaks: an error of the provider, or of the description. */
export interface ResponseViolation {
  readonly in: "status" | "header" | "body" | "time";
  /** JSON pointer inside the header fields or the body. Empty for the whole. */
  readonly pointer: string;
  /** The broken keyword of JSON Schema, or the name of a check, as `RecordedViolation` has it. */
  readonly rule: string;
  readonly message: string;
}

/** The response of an exchange. */
export interface RecordedResponse {
  /** HTTP status; undefined when the connection was reset. */
  readonly status: number | undefined;
  /** Header fields, with names in lower case, without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The rules that the response breaks; of a response that a test planned, too. */
  readonly violations: readonly ResponseViolation[];
  /** The parsed JSON; undefined when there was no body or it was cut off. */
  readonly body: unknown;
  /** `ErrorCode` of the body, 0 for a success; undefined when there was no complete body of the service. */
  readonly errorCode: number | undefined;
  /** Name of the description's example or catalogue entry that the body is made of; undefined for a rejected request and for a body of the test. */
  readonly example: string | undefined;
  /** Who chose the response: `request` (an example for what it sent, or the failure of an invalid request), the `Prefer` header, or `api.plan`. */
  readonly chosenBy: "request" | "prefer" | "plan";
  /**
   * Faults that were injected, in the order in which they took effect: a late response, a status of a proxy, a broken connection, a body
   * that was cut off.
   */
  readonly faults: readonly ("delay" | "status" | "reset" | "truncate")[];
}
