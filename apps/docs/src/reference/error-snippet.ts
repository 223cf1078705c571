import type { ErrorCategory, ErrorEntry } from "@contact-groups/openapi/model";

const reactions: Readonly<Record<ErrorCategory, string>> = {
  throttle: "// The call did not run. The client has waited and tried again already; slow down.",
  transient: "// The client has retried what is safe to retry. Before you retry another call, check whether it ran.",
  auth: "// Correct the credentials; the same call fails again.",
  request: "// Correct the request; it fails again unchanged.",
  application: "// Change the app in the console; the same call fails again.",
};

/** How a caller of the client tells this error from others. */
export function errorSnippet({ code, category }: ErrorEntry, operationId: string): string {
  return `import { ApiError } from "@contact-groups/client";

try {
  await client.${operationId}(request);
} catch (error) {
  if (!(error instanceof ApiError && error.code === ${code})) throw error;
  ${reactions[category]}
  console.error(error.message);
}`;
}
