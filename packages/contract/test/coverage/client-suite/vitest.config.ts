import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";

const backend = fileURLToPath(new URL("recording-backend.ts", import.meta.url));

/** The client's own suite, as it is, with every call of its transport recorded. */
const config: ViteUserConfig = {
  root: fileURLToPath(new URL("../../../../client", import.meta.url)),
  plugins: [
    {
      name: "record-calls",
      enforce: "pre",
      resolveId: (source, importer) =>
        source === "./backend.ts" && importer?.endsWith("/client/src/create-client.ts") ? backend : undefined,
    },
  ],
  test: { testTimeout: 120_000, hookTimeout: 120_000, setupFiles: ["test/no-randomness.ts"], reporters: ["dot"] },
};

export default config;
