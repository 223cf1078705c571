import type { UserConfig } from "tsdown";

const config: UserConfig = {
  entry: "src/index.ts",
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  // Bundled in on purpose: the published package has no dependencies.
  deps: { onlyBundle: ["openapi-fetch"] },
};

export default config;
