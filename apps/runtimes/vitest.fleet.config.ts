import type { ViteUserConfig } from "vitest/config";

/** The README's examples that need a server of Redis, which only `test:fleet` asks for. */
const config: ViteUserConfig = {
  test: {
    include: ["test/fleet/*.test.ts"],
    testTimeout: 120_000,
    reporters: ["default", "json"],
    outputFile: { json: "test-results-fleet.json" },
  },
};

export default config;
