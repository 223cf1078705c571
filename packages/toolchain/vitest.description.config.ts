import type { ViteUserConfig } from "vitest/config";

/** The tests of the description in `openapi/`. */
const config: ViteUserConfig = {
  test: {
    include: ["test/description/*.test.ts"],
    reporters: ["default", "json"],
    outputFile: { json: "test-results-description.json" },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    slowTestThreshold: 5_000,
    maxWorkers: 2,
    // The modules of Redocly are loaded once per worker.
    isolate: false,
  },
};

export default config;
