/** A setup file: Prism validates each response of each emulator, and the test of an invalid one fails. */
import { afterEach, vi } from "vitest";
import { takeViolations, watch } from "./watch.ts";

vi.mock(import("../../src/create-emulator.ts"), async (load) => {
  const { createEmulator, partsOf, ...rest } = await load();
  return {
    ...rest,
    partsOf,
    createEmulator(options) {
      const emulator = createEmulator(options);
      watch(partsOf(emulator).core);
      return emulator;
    },
  };
});

afterEach(() => {
  const found = takeViolations();
  if (found.length > 0) throw new Error(`By Prism, responses of this test are invalid:\n${found.join("\n")}`);
});
