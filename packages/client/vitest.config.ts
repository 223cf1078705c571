import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    // They need a server of Redis: vitest.fleet.config.ts.
    exclude: ["test/fleet/**"],
    // Several suites share the machine: only a test that hangs takes this long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { interval: 5, timeout: 120_000 } },
    // No file changes what another one imports, and a worker for each would take a third of the time of all tests.
    isolate: false,
    setupFiles: ["test/no-randomness.ts", "test/no-rate-limiters.ts", "test/seed.ts"],
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
  },
};

export default config;
