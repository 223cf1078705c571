/** How a shell hands over an answer when a fault was asked for. Without one it sends HTTP 200 and the whole body at once. */
export interface Delivery {
  /** HTTP status, such as 502. */
  readonly status: number;
  readonly contentType: string;
  /** What is sent in place of the answer's body; it need not be JSON. */
  readonly body: string;
  /** Milliseconds to wait before the first byte. */
  readonly delayMs: number;
  /**
   * `whole` sends everything; `cut` sends `bytes` of the body under the `Content-Length` of all of it, then ends the connection; `reset`
   * breaks the connection before the first byte; `drip` sends `bytes` every `everyMs` milliseconds.
   */
  readonly manner:
    | { readonly kind: "whole" }
    | { readonly kind: "cut"; readonly bytes: number }
    | { readonly kind: "reset" }
    | { readonly kind: "drip"; readonly bytes: number; readonly everyMs: number };
}
