import type { Bundle } from "./bundle.ts";

/** Renders the limit of a UserSig's validity. */
export function renderUserSig(bundle: Bundle): string {
  const { maximum, unit } = bundle["x-limits"]["userSigValidity"] ?? {};
  if (maximum === undefined || unit !== "seconds")
    throw new Error("x-limits.userSigValidity gives no maximum in seconds");

  return `/** Longest validity that a UserSig can have, in seconds. */
export const longestValiditySeconds = ${maximum};
`;
}
