import type { Bundle } from "./bundle.ts";
import { toSource } from "./to-source.ts";

/** Renders which bits of a standard mark have a name, and which are the app's own. */
export function renderMarks(bundle: Bundle): string {
  const { maxLength, "x-bits": bits, "x-appBits": appBits } = bundle.components.schemas["StandardMark"] ?? {};
  if (maxLength === undefined || bits === undefined || appBits === undefined)
    throw new Error("StandardMark gives no maxLength, x-bits or x-appBits");

  return `/** Bits of a standard mark, by name. */
export const standardMarkBits = ${toSource(bits)} as const;

/** First and last bit of a standard mark that are the app's own. */
export const appBitRange = ${toSource(appBits)} as const;

/** Bits that a standard mark has at most. */
export const standardMarkWidth = ${maxLength};
`;
}
