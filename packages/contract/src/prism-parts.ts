/** The parts of Prism that this package uses, and the operations that it validates by. `build/prism.ts` bundles them into `dist/prism.cjs`, which `load-prism.ts` loads as `#prism`. */
export { createInstance } from "@stoplight/prism-http";
export { readOperations } from "./prism-operations.ts";
