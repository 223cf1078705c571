import { onTestFinished } from "vitest";
import type { Control } from "../../src/control/control.ts";
import type { CoreAnswer } from "../../src/core/core-call.ts";
import type { Emulator, EmulatorOptions, Listener, ListenOptions } from "../../src/index.ts";
import { listen } from "../../src/node/listen.ts";
import { emulate } from "../call.ts";

export interface Served {
  readonly emulator: Emulator;
  readonly listener: Listener;
}

interface ServeOptions extends ListenOptions {
  readonly maxBodyBytes?: number;
  readonly emulator?: EmulatorOptions;
  readonly control?: Control;
  /** Changes each answer, as a fault does. */
  readonly change?: (answer: CoreAnswer, index: number) => CoreAnswer;
}

/** An emulator with `people` in it that listens for the length of a test. */
export async function serve({
  emulator: emulatorOptions,
  control,
  change,
  ...options
}: ServeOptions = {}): Promise<Served> {
  const emulator = emulate({ rateLimit: "off" }, emulatorOptions);
  const { core } = emulator;
  let index = 0;
  const changed = change && {
    ...core,
    answerAll: (calls: Parameters<typeof core.answerAll>[0]) =>
      core.answerAll(calls).map((answer) => change(answer, index++)),
  };
  const served = { ...emulator, ...(changed && { core: changed }), ...(control && { control }) };
  const listener = await listen(served, { ...options, limits: { graceMs: 200, ...options.limits } });
  onTestFinished(() => listener.close());
  return { emulator, listener };
}
