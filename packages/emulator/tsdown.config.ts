import type { UserConfig } from "tsdown";

const config: UserConfig = {
  entry: ["src/index.ts", "src/node.ts", "src/cli.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2023",
  dts: true,
  // How long plugins take depends on the machine.
  checks: { pluginTimings: false },
  // Node alone has them, and the entry for pages and workers does not import them.
  deps: { neverBundle: [/^node:/] },
};

export default config;
