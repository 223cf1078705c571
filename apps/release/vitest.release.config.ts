import type { ViteUserConfig } from "vitest/config";

/** A whole release, rehearsed. It calls the registry and takes minutes, so this suite is not part of `test`. */
const config: ViteUserConfig = {
  test: {
    include: ["rehearsal/**/*.test.ts"],
    // All tests of the repository are one of these. Several suites may share the machine: only a test that hangs takes this long.
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    // The log is printed as it happens.
    disableConsoleIntercept: true,
    // One chapter needs the one before.
    bail: 1,
    reporters: ["default", "json"],
    outputFile: { json: "test-results-release.json" },
  },
};

export default config;
