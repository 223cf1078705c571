/** What this package uses of Prism. `build/prism.ts` bundles it into `dist/prism.cjs`, which `prism.ts` loads as `#prism`. */
export { createLogger } from "@stoplight/prism-core";
export { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
