/** Failures before a connection was there, as Node.js and Bun name them. */
const codes = new Set([
  "ECONNREFUSED",
  "ConnectionRefused",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Whether what `fetch` threw says that the request never reached the host. Where a runtime gives no code, as browsers do, nothing is
 * sure.
 */
export function surelyNotRun(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 8) return false;
  if ("code" in error && codes.has(String(error.code))) return true;
  // One per address that was tried.
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every((one) => surelyNotRun(one, depth + 1));
  return surelyNotRun(error.cause, depth + 1);
}
