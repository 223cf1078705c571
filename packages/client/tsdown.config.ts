import type { UserConfig } from "tsdown";

const config: UserConfig = {
  entry: {
    index: "src/index.ts",
    catalogue: "src/catalogue.ts",
    usersig: "src/usersig.ts",
    node: "src/node.ts",
    "openapi-fetch": "src/openapi-fetch.ts",
    otel: "src/otel.ts",
    redis: "src/redis.ts",
    testing: "src/testing.ts",
  },
  // What entries share is a file of its own in both formats, so that an error of one is an instance of the other's class.
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  dts: true,
  sourcemap: true,
  // How long plugins take depends on the machine.
  checks: { pluginTimings: false },
  deps: {
    // Bundled in on purpose: the published package has no dependencies. The core is not published, and of the model only what is used is in it.
    onlyBundle: [/^@contact-groups\/(core|openapi)$/],
    neverBundle: [/^node:/, "@opentelemetry/api", "openapi-fetch"],
  },
};

export default config;
