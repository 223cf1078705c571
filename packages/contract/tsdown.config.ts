import type { UserConfig } from "tsdown";

const config: UserConfig = {
  entry: "src/index.ts",
  format: "esm",
  platform: "node",
  target: "node24",
  dts: true,
  // The package is of type "module", so .js is enough.
  fixedExtension: false,
};

export default config;
