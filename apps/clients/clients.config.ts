import type { ViteUserConfig } from "vitest/config";

/** Clients in other languages, which only `test:clients` asks for: they need the compilers and interpreters of the machine. */
const config: ViteUserConfig = {
  test: {
    include: ["test/*.test.ts"],
    // A cold compiler takes its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

export default config;
