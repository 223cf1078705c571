import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";

const recording = fileURLToPath(new URL("record-calls.ts", import.meta.url));

/** The client's own suite, as it is, with every call of its transport recorded. */
const config: ViteUserConfig = {
  root: dirname(createRequire(import.meta.url).resolve("@contact-groups/client/package.json")),
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: [recording, "test/no-randomness.ts", "test/no-rate-limiters.ts"],
    reporters: ["dot"],
  },
};

export default config;
