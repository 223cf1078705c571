import type { UserConfig } from "tsdown";

const library: UserConfig = {
  entry: { index: "src/index.ts", msw: "src/msw.ts", matchers: "src/matchers.ts", vitest: "src/vitest.ts" },
  // CommonJS for jest, which loads ES modules only behind a flag of Node's.
  format: ["esm", "cjs"],
  platform: "node",
  target: "node20",
  dts: true,
  // In CommonJS an import() would need the same flag.
  outputOptions: { dynamicImportInCjs: false },
};

const cli: UserConfig = {
  entry: { cli: "src/cli.ts" },
  format: "esm",
  platform: "node",
  target: "node20",
  dts: false,
  clean: false,
  fixedExtension: false,
};

/** An ES module only: it is run by programs, not inside of tests. */
const verify: UserConfig = {
  entry: { verify: "src/verify.ts" },
  format: "esm",
  platform: "node",
  target: "node20",
  dts: true,
  clean: false,
  fixedExtension: false,
};

const config: UserConfig[] = [{ ...library, fixedExtension: false }, verify, cli].map((part) => ({
  ...part,
  // The model and the core are bundled in, and `build/prism.ts` bundles Prism. vitest stays outside by its entry in `peerDependenciesMeta`.
  deps: { onlyBundle: ["@contact-groups/core", "@contact-groups/openapi"] },
  // CommonJS is wanted, and how long plugins take depends on the machine.
  checks: { legacyCjs: false, pluginTimings: false },
}));

export default config;
