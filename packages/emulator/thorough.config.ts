import type { ViteUserConfig } from "vitest/config";

/** The long runs of what `test` does in short: models, kills and mutated requests. */
const config: ViteUserConfig = {
  test: {
    include: ["test/{model,crash,fuzz}/**/*.test.ts", "test/proxy/any-*.test.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    setupFiles: ["test/prism/every-response.ts"],
    provide: { thorough: true },
  },
};

export default config;
