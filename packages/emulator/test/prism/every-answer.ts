/** A setup file: Prism judges each answer of each emulator, and the test that caused a wrong one fails. */
import { afterEach, vi } from "vitest";
import { takeViolations, watch } from "./watch.ts";

vi.mock(import("../../src/create-emulator.ts"), async (load) => {
  const { createEmulator, ...rest } = await load();
  return { ...rest, createEmulator: (options) => watch(createEmulator(options)) };
});

afterEach(() => {
  const found = takeViolations();
  if (found.length > 0) throw new Error(`By Prism, answers of this test are wrong:\n${found.join("\n")}`);
});
