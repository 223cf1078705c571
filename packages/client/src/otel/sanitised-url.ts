import type { OperationId, QueryParameter } from "@contact-groups/openapi/model";
import type { operations } from "@contact-groups/openapi/types";

/** What stands for a credential in a URL by the semantic conventions. */
const hidden = "REDACTED";

/** `random` is no credential: it is only not known here, and would make each URL another. */
const query: Readonly<Record<QueryParameter, string>> = {
  sdkappid: hidden,
  identifier: hidden,
  usersig: hidden,
  random: hidden,
  contenttype: "json" satisfies operations[OperationId]["parameters"]["query"]["contenttype"],
};
const search: string = Object.entries(query)
  .map(([name, value]) => `${name}=${value}`)
  .join("&");

/** URL of an operation with the parameters of a call. It is made from what is public, so there is nothing to take out. */
export function sanitisedUrl(serverUrl: string, path: string): string {
  return `${serverUrl}${path}?${search}`;
}
