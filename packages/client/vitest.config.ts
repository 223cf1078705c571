import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  test: {
    // Several suites share the machine: only a test that hangs takes this long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { interval: 5, timeout: 120_000 } },
    // No file changes what another one imports, and a worker for each would take a third of the time of all tests.
    isolate: false,
    setupFiles: ["test/no-randomness.ts", "test/seed.ts"],
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    projects: [
      { extends: true, test: { name: "openapi-fetch", include: ["test/**/*.test.ts"] } },
      {
        extends: true,
        // As if openapi-fetch were gone: a file that imports it finds none, and the client sends with nothing between it and `fetch`.
        resolve: {
          alias: [
            { find: /^.*\/openapi-fetch\.ts$/, replacement: source("transport.ts") },
            { find: "openapi-fetch", replacement: source("gone.ts") },
          ],
        },
        // What the transport decides: the request, the response, its limits and its end.
        test: {
          name: "plain fetch",
          include: [
            "test/{backends,body-limit,call-time,create-client,hostile-bodies,network,protocol-error,secrecy}.test.ts",
          ],
        },
      },
    ],
  },
};

function source(path: string): string {
  return fileURLToPath(new URL(`src/${path}`, import.meta.url));
}

export default config;
