import type { Manner } from "@contact-groups/core/node-http";

/** How a shell hands over an answer when a fault was asked for. Without one it sends HTTP 200 and the whole body at once. */
export interface Delivery {
  /** HTTP status, such as 502. */
  readonly status: number;
  readonly contentType: string;
  /** What is sent in place of the answer's body; it need not be JSON. */
  readonly body: string;
  /** Milliseconds to wait before the first byte. */
  readonly delayMs: number;
  readonly manner: Manner;
}
