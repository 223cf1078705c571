import type { ViteUserConfig } from "vitest/config";

/** The sample consumers, each in its own runner, installed by npm. The registry is asked, so this suite is not part of `test`. */
const config: ViteUserConfig = {
  test: {
    include: ["consumers/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ["default", "json"],
    outputFile: { json: "test-results-consumers.json" },
  },
};

export default config;
