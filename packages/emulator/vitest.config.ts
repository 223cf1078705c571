import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    // Several suites share the machine: only a test that hangs takes this long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { interval: 5, timeout: 300_000 } },
    setupFiles: ["test/prism/every-response.ts", "test/seed.ts"],
    // Prism is loaded once for each worker, not for each file. No test leaves anything behind.
    isolate: false,
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    provide: { thorough: false },
  },
};

export default config;
