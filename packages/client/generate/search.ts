import type { Bundle } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";

/** Renders how many conversations one search can name. */
export function renderSearch(bundle: Bundle): string {
  const { maxItems } = bundle.components.schemas["SearchContactGroupRequest"]?.properties?.["ContactItem"] ?? {};
  if (maxItems === undefined) {
    throw new NotSupported(
      "/components/schemas/SearchContactGroupRequest/properties/ContactItem",
      "Schema SearchContactGroupRequest has `ContactItem` with `maxItems`: the client splits long searches by it. Write it, or remove packages/client/generate/search.ts with what uses it.",
    );
  }

  return `/** Conversations that one call of searchContactGroup can name. */
export const searchChunkSize = ${maxItems};
`;
}
