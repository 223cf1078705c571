import { onTestFinished } from "vitest";
import type { ControlApi } from "../../src/control/control.ts";
import type { Emulator, EmulatorOptions, Listener, ListenOptions } from "../../src/index.ts";
import { listen } from "../../src/listen.ts";
import { partsOf } from "../../src/create-emulator.ts";
import type { CoreResponse } from "../../src/response.ts";
import { emulate } from "../call.ts";

export interface Served {
  readonly emulator: Emulator;
  readonly listener: Listener;
}

interface ServeOptions extends ListenOptions {
  readonly maxBodyBytes?: number;
  readonly emulator?: EmulatorOptions;
  readonly control?: ControlApi;
  /** Changes each response, as a fault does. */
  readonly change?: (response: CoreResponse, index: number) => CoreResponse;
}

/** An emulator with `people` in it that listens for the length of a test. */
export async function serve({
  emulator: emulatorOptions,
  control,
  change,
  ...options
}: ServeOptions = {}): Promise<Served> {
  const emulator = emulate({ rateLimit: "off" }, emulatorOptions);
  const { core, ...parts } = partsOf(emulator);
  let index = 0;
  const changed = change && {
    ...core,
    respondAll: (requests: Parameters<typeof core.respondAll>[0]) =>
      core.respondAll(requests).map((response) => change(response, index++)),
  };
  const served = { core: changed ?? core, control: control ?? parts.control, clock: emulator.clock };
  const listener = await listen(served, { ...options, limits: { graceMs: 200, ...options.limits } });
  onTestFinished(() => listener.close());
  return { emulator, listener };
}
