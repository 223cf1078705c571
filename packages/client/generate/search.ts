import type { Bundle } from "./bundle.ts";

/** Renders how many conversations one search can name. */
export function renderSearch(bundle: Bundle): string {
  const { maxItems } = bundle.components.schemas["SearchContactGroupRequest"]?.properties?.["ContactItem"] ?? {};
  if (maxItems === undefined) throw new Error("SearchContactGroupRequest gives no maxItems for ContactItem");

  return `/** Conversations that one call of searchContactGroup can name. */
export const searchChunkSize = ${maxItems};
`;
}
