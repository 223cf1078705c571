import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";

const include = ["test/**/*.test.ts"];

const config: ViteUserConfig = {
  test: {
    // Several suites share the machine: only a test that hangs takes this long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { interval: 5, timeout: 120_000 } },
    setupFiles: ["test/no-randomness.ts", "test/seed.ts"],
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    projects: [
      { extends: true, test: { name: "openapi-fetch", include } },
      {
        extends: true,
        // As if `src/backend.ts` named the other backend and openapi-fetch were gone: whoever asks for it finds no file.
        resolve: {
          alias: [
            { find: /^.*\/backends\/openapi-fetch\.ts$/, replacement: source("backends/plain-fetch.ts") },
            { find: "openapi-fetch", replacement: source("backends/gone.ts") },
          ],
        },
        test: {
          name: "plain fetch",
          include,
          exclude: [
            // They build the package from what `src/backend.ts` really names.
            "test/{package,size}.test.ts",
            // They send nothing.
            "test/usersig.test.ts",
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
