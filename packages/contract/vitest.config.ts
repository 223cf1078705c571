import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/seed.ts"],
    // The files of a worker share its modules, so that Prism and the model are loaded once for each worker.
    isolate: false,
    // The processes that tests start compile Prism once, in the folder of Node.js for that.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") },
    // Several suites share the machine: only a test that hangs takes this long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { interval: 5, timeout: 300_000 } },
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
  },
};

export default config;
