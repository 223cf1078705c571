import type { Bundle } from "./bundle.ts";
import { toSource } from "../../client/generate/to-source.ts";

/** Renders the limits that no schema carries, and the two readings of the one that documents dispute. */
export function renderLimits(bundle: Bundle): string {
  const names = new Map(
    Object.values(bundle["x-errors"])
      .flat()
      .map(({ code, name }) => [code, name]),
  );
  const limits = Object.entries(bundle["x-limits"]).map(([name, { maximum, error }]) => [
    name,
    { maximum, error: names.get(error) },
  ]);
  const { "x-maxBytes": documented, "x-maxBytesDisputed": disputed } = groupName(bundle);

  return `/** Limits, each with the name of the error that is answered beyond it. */
export const limits = ${toSource(Object.fromEntries(limits))} as const;

/** Most bytes of a conversation group's name, by most documents and by another. */
export const groupNameBytes = ${toSource({ documented, disputed })} as const;
`;
}

function groupName(bundle: Bundle): { "x-maxBytes": number; "x-maxBytesDisputed": number } {
  const { "x-maxBytes": documented, "x-maxBytesDisputed": disputed } = bundle.components.schemas["GroupName"] ?? {};
  if (documented === undefined || disputed === undefined) throw new Error("GroupName has no disputed limit.");
  return { "x-maxBytes": documented, "x-maxBytesDisputed": disputed };
}
