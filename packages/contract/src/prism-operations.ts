/** The operations that Prism validates by, as Prism reads them from the description. `build/prism.ts` bundles the result, so that no consumer waits for it. */
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import bundle from "@contact-groups/openapi" with { type: "json" };

/** Prism's operations. Only Prism reads the description as a document; everything else is in the model. */
export async function readOperations(): Promise<Awaited<ReturnType<typeof getHttpOperationsFromSpec>>> {
  // Prism resolves references in place, so it gets a document of its own.
  return await getHttpOperationsFromSpec(structuredClone(bundle));
}
