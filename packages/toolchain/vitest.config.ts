import type { ViteUserConfig } from "vitest/config";

/** The tests of the tools. They read the description of the fixtures, so that no edit of the real one changes what they say. */
const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/description/**"],
    globalSetup: "test/bundle-fixture.ts",
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    // Some tests start the Redocly CLI: half a second alone, more on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    slowTestThreshold: 5_000,
    maxWorkers: 2,
    // The modules of Redocly are loaded once per worker.
    isolate: false,
  },
};

export default config;
