import type { ViteUserConfig } from "vitest/config";

/** The limiter of a fleet, with real servers of Redis and real processes. They need `redis-server`, so this suite is not part of `test`. */
const config: ViteUserConfig = {
  test: {
    include: ["test/fleet/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { interval: 5, timeout: 30_000 } },
    // Each measures times, so one at a time; a machine that stalls can break one, a defect breaks it each time.
    fileParallelism: false,
    retry: 2,
    reporters: ["default", "json"],
    outputFile: { json: "test-results-fleet.json" },
  },
};

export default config;
