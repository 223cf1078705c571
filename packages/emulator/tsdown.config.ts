import type { UserConfig } from "tsdown";

const config: UserConfig = {
  entry: ["src/index.ts", "src/node.ts", "src/cli.ts", "src/listen.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2023",
  dts: true,
  // How long plugins take depends on the machine.
  checks: { pluginTimings: false },
  // Only Node has them, and the entry for pages and workers does not import them. `listen` has a file of its own, which bundlers for pages omit.
  deps: { neverBundle: [/^node:/] },
};

export default config;
