import type { ViteUserConfig } from "vitest/config";

/** The packed client in every runtime and under every compiler. They are installed on demand, so this suite is not part of `test`. */
const config: ViteUserConfig = {
  test: {
    include: ["test/runtimes/*.test.ts"],
    globalSetup: "test/runtimes/setup.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", "json"],
    outputFile: { json: "test-results-runtimes.json" },
  },
};

export default config;
