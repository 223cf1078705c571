import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";

const transport = fileURLToPath(new URL("recording-transport.ts", import.meta.url));

/** The client's own suite, as it is, with every call of its transport recorded. */
const config: ViteUserConfig = {
  root: fileURLToPath(new URL("../../../../client", import.meta.url)),
  plugins: [
    {
      name: "record-calls",
      enforce: "pre",
      resolveId: (source, importer) =>
        source === "./transport.ts" && importer?.endsWith("/client/src/create-client.ts") ? transport : undefined,
    },
  ],
  test: { testTimeout: 60_000, reporters: ["dot"] },
};

export default config;
