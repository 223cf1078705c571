import type { OnCall } from "./calls.ts";
import type { Wait } from "./fetch-deliver.ts";
import type { OnError } from "./report.ts";
import type { SeedDocument } from "./seed-document.ts";
import type { Settings } from "./settings.ts";
import type { Store } from "./store/store.ts";
import { isVisible } from "./terminal-text.ts";

/** An app whose calls the emulator answers. */
export interface EmulatorApp {
  readonly sdkAppId: number;
  /** Key with which UserSigs are verified. Without one, any text of the right characters is taken. */
  readonly secretKey?: string | undefined;
  /** UserIDs of the administrators, `["administrator"]` unless given. */
  readonly admins?: readonly string[] | undefined;
}

/** How an emulator is made. Everything has a default. */
export interface EmulatorOptions {
  /** One app, 1400000000 without a key, unless given. The first one is the default of a seed. */
  readonly apps?: readonly EmulatorApp[] | undefined;
  /** What the documents leave open; see `FIDELITY.md`. */
  readonly settings?: Partial<Settings> | undefined;
  /** State to begin with, and to come back to by `reset`. */
  readonly seed?: SeedDocument | undefined;
  /** Leaves a store that holds anything as it is. The seed is then only what `reset` comes back to. */
  readonly keepState?: boolean | undefined;
  /**
   * Time in milliseconds since the epoch, up to the end of the year 9999. When it fails, its last time holds and the failure goes to
   * `onError`. `emulator.clock` can be set as well.
   *
   * @default `Date.now`
   */
  readonly now?: (() => number) | undefined;
  /** ID of a new conversation group, above the highest one that the user ever had, which is given; it plus one unless set. */
  readonly nextGroupId?: ((last: number) => number) | undefined;
  /** Where the state is; in memory unless given. The emulator closes it. */
  readonly store?: Store | undefined;
  /** Largest body in bytes that is read; 1 MiB unless given. */
  readonly maxBodyBytes?: number | undefined;
  /** Calls that `calls` keeps, the last ones; 1000 unless given. 0 keeps none. */
  readonly callsKept?: number | undefined;
  /** Is called with each call after it was handled. What it throws goes to `onError`; the response is the same. */
  readonly onCall?: OnCall | undefined;
  /**
   * Is called with what `now`, `nextGroupId`, `onCall` or `wait` threw, or the promise of one was rejected with, and the option's name.
   *
   * @default Prints it with `console.error`.
   * @example
   * ```ts
   * const emulator = createEmulator({ onCall: check, onError: (error) => failures.push(error) });
   * ```
   */
  readonly onError?: OnError | undefined;
  /** True switches the control API off, for an emulator that strangers can reach. */
  readonly public?: boolean | undefined;
  /** How `fetch` waits when a fault wants it; by a timer unless given. When it fails, the response comes at once. */
  readonly wait?: Wait | undefined;
}

/** The app that an emulator has when none is given. */
const defaultApp: EmulatorApp = { sdkAppId: 1400000000 };

/** What follows from the options that are about apps and sizes. */
export interface CheckedOptions {
  readonly apps: readonly EmulatorApp[];
  /** The first app. */
  readonly sdkAppId: number;
  readonly maxBodyBytes: number;
  readonly callsKept: number;
}

/** Fills in the defaults. Throws a `TypeError` that names the option that is wrong, and shows no key. */
export function checkOptions(options: EmulatorOptions): CheckedOptions {
  const { apps = [defaultApp], maxBodyBytes = 1024 * 1024, callsKept = 1000 } = options;
  const [first] = apps;
  if (!first) throw new TypeError("apps must have at least one app.");
  for (const [index, { sdkAppId, secretKey, admins = [] }] of apps.entries()) {
    const place = `apps[${index}]`;
    if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
      throw new TypeError(`${place}.sdkAppId must be a positive integer.`);
    if (apps.findIndex((app) => app.sdkAppId === sdkAppId) !== index)
      throw new TypeError(`${place}.sdkAppId is that of another app.`);
    if (secretKey !== undefined && (typeof secretKey !== "string" || secretKey === ""))
      throw new TypeError(`${place}.secretKey must be text that is not empty.`);
    if (!admins.every((admin) => typeof admin === "string" && admin !== "" && isVisible(admin)))
      throw new TypeError(`${place}.admins must be UserIDs: texts without control and format characters.`);
  }
  for (const [name, value, least] of [
    ["maxBodyBytes", maxBodyBytes, 1],
    ["callsKept", callsKept, 0],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least)
      throw new TypeError(`${name} must be an integer of at least ${least}.`);
  }
  return { apps, sdkAppId: first.sdkAppId, maxBodyBytes, callsKept };
}
