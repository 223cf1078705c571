import { ProtocolError } from "./errors/protocol-error.ts";
import type { OperationId } from "@contact-groups/openapi/model";

/**
 * Reads a list of objects, or of texts where they are items, in an answer. One that is absent is empty; the official web SDK reads it so too. Throws a `ProtocolError`
 * if it is something else: what a wrong list holds can't be told from nothing.
 */
export function readList<Item extends object>(
  operation: OperationId,
  owner: { readonly [Field in string]?: unknown },
  field: string,
  ofTexts: boolean = false,
): readonly Item[] {
  const list = owner[field] ?? [];
  if (
    !Array.isArray(list) ||
    list.some((item) => (typeof item !== "object" || item === null) && !(ofTexts && typeof item === "string"))
  )
    throw new ProtocolError(operation, 1, `its ${field} is not a list of objects`);
  return list as Item[];
}
