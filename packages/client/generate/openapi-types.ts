import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import type { Bundle } from "./bundle.ts";

/** Renders the types of all paths, operations and schemas. */
export async function renderOpenapiTypes(bundle: Bundle): Promise<string> {
  // A copy, because openapi-typescript may write into the object it is given.
  return astToString(await openapiTS(structuredClone(bundle) as unknown as OpenAPI3));
}
