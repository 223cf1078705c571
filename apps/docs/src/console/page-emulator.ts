import type { Emulator, SeedDocument } from "@contact-groups/emulator";
import type { ConsoleData } from "./console-data.ts";
import { type Preset, presetSeed } from "./presets.ts";

/** Origin that the emulator in the page has for `fetch`. No request leaves the page. */
const origin = "http://emulator.invalid";

/** The emulator in the page, loaded when it is first needed. */
export class PageEmulator {
  readonly #data: Pick<ConsoleData, "samples">;
  #preset: Preset;
  #emulator: Promise<Emulator> | undefined;
  #error: number | undefined;

  constructor(data: Pick<ConsoleData, "samples">, preset: Preset) {
    this.#data = data;
    this.#preset = preset;
  }

  readonly origin: string = origin;

  /** Starts a new emulator on the next request. */
  reset(preset: Preset): void {
    this.#preset = preset;
    this.#emulator = undefined;
  }

  /** Lets it respond to every call with an error code, whatever its state is; undefined ends that. */
  respondWith(error: number | undefined): void {
    this.#error = error;
  }

  async fetch(...request: Parameters<typeof fetch>): Promise<Response> {
    const { faults, fetch: respond } = await this.#load();
    faults.clear();
    if (this.#error !== undefined) {
      const { errorMessages } = await import("@contact-groups/openapi/model");
      const messages: Readonly<Record<number, string>> = errorMessages;
      faults.add({ error: this.#error, errorInfo: messages[this.#error] ?? "" });
    }
    return respond(...request);
  }

  /** Returns its state. */
  async state(): Promise<SeedDocument> {
    return (await this.#load()).snapshot();
  }

  #load(): Promise<Emulator> {
    this.#emulator ??= import("@contact-groups/emulator").then(({ createEmulator }) =>
      createEmulator({ seed: presetSeed(this.#preset, this.#data.samples) }),
    );
    return this.#emulator;
  }
}
