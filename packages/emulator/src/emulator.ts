import type { CallRecord } from "./calls.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Core } from "./core/core.ts";
import type { SeedDocument } from "./seed-document.ts";
import type { Settings } from "./settings.ts";

/** Where an emulator listens. */
export interface ListenOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  /** `127.0.0.1`, the default, is reachable from this machine only. */
  readonly host?: string | undefined;
}

/** An emulator that listens. */
export interface Listener {
  /** Origin, for example `http://127.0.0.1:4020`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening; open calls are answered first. */
  close(): Promise<void>;
}

/** A running emulator. */
export interface Emulator {
  /** Answers a request without a socket: give it as `fetch` to a client. It never rejects but for a signal that was aborted. */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** Serves the same core over HTTP. Needs Node; a rejected promise says so elsewhere. */
  listen(options?: ListenOptions): Promise<Listener>;
  /** Adds to the state, all or nothing. Throws a `TypeError` that names the place of what is wrong in the document. */
  seed(document: SeedDocument): void;
  /** Back to the seed of the options; forgets the calls, the counted rate, and what the clock was set to. */
  reset(): void;
  /** The whole state as a document that `restore`, `seed` and `JSON.stringify` take. */
  snapshot(): SeedDocument;
  /** Replaces the whole state, all or nothing. */
  restore(document: SeedDocument): void;
  readonly clock: EmulatorClock;
  /** The last calls, the oldest first. */
  readonly calls: readonly CallRecord[];
  readonly settings: Settings;
  /** For shells that do without `Request` and `Response`. */
  readonly core: Core;
  /** Stops all listeners and closes the store. */
  close(): Promise<void>;
}
