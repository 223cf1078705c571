import type { Bundle } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";
import { toSource } from "./to-source.ts";

/** Renders which bits of a standard mark have a name, and which are the app's own. */
export function renderMarks(bundle: Bundle): string {
  const { maxLength, "x-bits": bits, "x-appBits": appBits } = bundle.components.schemas["StandardMark"] ?? {};
  if (maxLength === undefined || bits === undefined || appBits === undefined)
    throw new NotSupported(
      "/components/schemas/StandardMark",
      "Schema StandardMark, of a type of string, has maxLength, x-bits and x-appBits: the client reads marks by them. Write all three.",
    );

  return `/** Bits of a standard mark, by name. */
export const standardMarkBits = ${toSource(bits)} as const;

/** First and last bit of a standard mark that are the app's own. */
export const appBitRange = ${toSource(appBits)} as const;

/** Bits that a standard mark has at most. */
export const standardMarkWidth = ${maxLength};
`;
}
