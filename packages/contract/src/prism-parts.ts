/** The parts of Prism that this package uses, and the document that it validates by. `build/prism.ts` bundles both into `dist/prism.cjs`, which `load-prism.ts` loads as `#prism`. */
import bundle from "@contact-groups/openapi" with { type: "json" };

export { createLogger } from "@stoplight/prism-core";
export { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";

/** The description as one document. Only Prism reads it; everything else is in the model. */
export const document: object = bundle;
