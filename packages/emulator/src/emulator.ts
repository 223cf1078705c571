import type { Listener, ListenLimits } from "@contact-groups/core/node-http";
import type { CallRecord } from "./calls.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Control } from "./control/control.ts";
import type { Core } from "./core/core.ts";
import type { Faults } from "./faults/fault.ts";
import type { SeedDocument } from "./seed-document.ts";
import type { Settings } from "./settings.ts";

export type { Listener } from "@contact-groups/core/node-http";

/** Where an emulator listens. */
export interface ListenOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  /** `127.0.0.1`, the default, is reachable from this machine only. */
  readonly host?: string | undefined;
  /**
   * Host names under which the control API may be reached, beside addresses, `localhost` and `host`. A page could make any other name
   * point to this machine.
   */
  readonly controlHosts?: readonly string[] | undefined;
  /** Origins whose pages may use the control API, such as `http://localhost:4321`; none unless given. */
  readonly controlOrigins?: readonly string[] | undefined;
  /** What one client may use of the listener. */
  readonly limits?: Partial<ListenLimits> | undefined;
}

/** A running emulator. */
export interface Emulator {
  /**
   * Answers a request without a socket: give it as `fetch` to a client. It rejects only with the reason of a signal that was aborted,
   * or with the `TypeError` of a broken connection that a fault wants.
   */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /**
   * Serves the same core over HTTP. Needs Node; a rejected promise says so elsewhere. A listener does not keep its process alive: a test
   * that fails before `close()` ends, and so does a script that only listens. `npx @contact-groups/emulator` stays.
   */
  listen(options?: ListenOptions): Promise<Listener>;
  /** Adds to the state, all or nothing. Throws a `TypeError` that names the place of what is wrong in the document. */
  seed(document: SeedDocument): void;
  /**
   * Back to the seed of the options; forgets the calls, the counted rate, and what the clock was set to. Faults stay, and begin to count
   * and to draw anew.
   */
  reset(): void;
  /** The whole state as a document that `restore`, `seed` and `JSON.stringify` take. */
  snapshot(): SeedDocument;
  /** Replaces the whole state, all or nothing. */
  restore(document: SeedDocument): void;
  readonly clock: EmulatorClock;
  /** The last calls, the oldest first. */
  readonly calls: readonly CallRecord[];
  readonly settings: Settings;
  /** Answers that go wrong on purpose. */
  readonly faults: Faults;
  /** For shells that do without `Request` and `Response`. */
  readonly core: Core;
  /** The control API under `/__emulator/`, which `fetch` and `listen` serve too; undefined with the option `public`. */
  readonly control: Control | undefined;
  /** Stops all listeners and closes the store. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
