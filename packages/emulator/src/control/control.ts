import type { UnreadableBody } from "../core/core-call.ts";

/** A request as a shell received it. `target` is path and query, as in the request line. */
export interface ControlRequest {
  readonly method: string;
  readonly target: string;
  /** The whole body as text; `""` when there is none. */
  readonly body: string | UnreadableBody;
  /** The header `Content-Type`. */
  readonly contentType?: string | undefined;
}

/** Largest body in bytes that a shell reads for the control API: a whole state comes this way. */
export const maxControlBodyBytes: number = 64 * 1024 * 1024;

/** What the control API answers. */
export interface ControlAnswer {
  readonly status: number;
  readonly contentType: string;
  /** JSON text; `""` with 204. */
  readonly body: string;
}

/** The control API, under `/__emulator/`, without any shell. */
export interface Control {
  /** Undefined when the path is not under `/__emulator/`. It is synchronous and does not throw. */
  answer(request: ControlRequest): ControlAnswer | undefined;
}
