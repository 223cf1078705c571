/** What a test tells a contract server to answer. One of `error`, `example`, `body`, `status` and `reset`, or none: then the request decides. */
export interface NextAnswer {
  /** An entry of the error catalogue, by its code or its name: `error: 51007`, `error: "ChatGroupUnavailable"`. */
  readonly error?: number | string;
  /** An example of the operation, or the name of any entry of the error catalogue: `"FirstOfTwoPages"`. */
  readonly example?: string;
  /** A body of your own. It must match the operation's response schema, unless `unchecked` is true. */
  readonly body?: unknown;
  /** Whether `body` may break the response schema, to see how the code under test takes an answer that the service does not give. */
  readonly unchecked?: boolean;
  /** An HTTP status from 400 to 599 with a page of HTML, as a proxy answers. */
  readonly status?: number;
  /** Breaks the connection before the first byte of an answer. */
  readonly reset?: true;
  /** Cuts the JSON off after this many bytes, after half of them with `true`. The HTTP answer itself is whole. */
  readonly truncate?: number | true;
  /** Time to wait before the answer, in milliseconds, up to 600,000. */
  readonly delayMs?: number;
  /** Headers of the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}
