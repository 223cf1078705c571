import { errorCodeOf, findCodes } from "../console/explanation.ts";
import { colored, formatJson } from "../console/json-text.ts";
import { PageEmulator } from "../console/page-emulator.ts";
import { presets } from "../console/presets.ts";
import type { SampleState } from "../console/sample-state.ts";

/** The outcome of a call to the emulator in the page. */
export interface PageResult {
  /** The response with line breaks and colours. Each value is as it was sent. */
  readonly nodes: readonly (Node | string)[];
  readonly failed: boolean;
  /** Error codes in it: that of the call, or those of its items. */
  readonly codes: readonly number[];
}

let emulator: Promise<PageEmulator> | undefined;

/** Sends a body to the emulator in the page. It keeps its state until `resetPage` or the end of the page. */
export async function callInPage(path: string, body: string, preset: string): Promise<PageResult> {
  emulator ??= start(preset);
  const page = await emulator.catch((error: unknown) => {
    // The next call loads it again.
    emulator = undefined;
    throw error;
  });
  const response = await page.fetch(page.origin + path, { method: "POST", body });
  const text = await response.text();
  const value: unknown = JSON.parse(text);
  const codes = [...new Set(findCodes(value, []).map(({ code }) => code))];
  return { nodes: colored(formatJson(text)), failed: errorCodeOf(value) !== 0, codes };
}

/** Lets the next call start a new emulator. */
export function resetPage(): void {
  emulator = undefined;
}

async function start(preset: string): Promise<PageEmulator> {
  const response = await fetch(
    new URL(`${import.meta.env.BASE_URL.replace(/\/?$/, "/")}sample-state.json`, location.href),
  );
  const samples = (await response.json()) as SampleState;
  return new PageEmulator({ samples }, presets.find((name) => name === preset) ?? presets[0]);
}
