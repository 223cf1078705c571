import type { ViteUserConfig } from "vitest/config";

/** Every documented command in a fresh copy. It installs everything and takes minutes, so this suite is not part of `test`. */
const config: ViteUserConfig = {
  test: {
    include: ["clone/**/*.test.ts"],
    testTimeout: 900_000,
    hookTimeout: 300_000,
    reporters: ["verbose", "json"],
    outputFile: { json: "test-results-clone.json" },
  },
};

export default config;
