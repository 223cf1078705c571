import type { Bundle } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";

/** Renders the limit of a UserSig's validity. */
export function renderUserSig(bundle: Bundle): string {
  const { maximum, unit } = bundle["x-limits"]["userSigValidity"] ?? {};
  if (maximum === undefined || unit !== "seconds")
    throw new NotSupported(
      "/x-limits/userSigValidity",
      "limits.yaml has `userSigValidity` with a `maximum`, and `unit: seconds`: the client signs by it. Write it.",
    );

  return `/** Longest validity that a UserSig can have, in seconds. */
export const longestValiditySeconds = ${maximum};
`;
}
