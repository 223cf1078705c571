import type { Bundle } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";
import { toSource } from "./to-source.ts";

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

  return `/** Limits, each with the name of the error that is answered beyond it. */
export const limits = ${toSource(Object.fromEntries(limits))} as const;

/** Most bytes of a conversation group's name, by most documents and by another. */
export const groupNameBytes = ${toSource(groupName(bundle))} as const;
`;
}

/** The two readings of the limit; they are the same where no document disputes it. */
function groupName(bundle: Bundle): { documented: number; disputed: number } {
  const { "x-maxBytes": documented, "x-maxBytesDisputed": disputed = documented } =
    bundle.components.schemas["GroupName"] ?? {};
  if (documented !== undefined && disputed !== undefined) return { documented, disputed };
  throw new NotSupported(
    "/components/schemas/GroupName",
    "Schema GroupName has `x-maxBytes`: the emulator refuses longer names. Write it.",
  );
}
