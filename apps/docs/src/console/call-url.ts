import type { ConsoleData, ConsoleOperation } from "./console-data.ts";

/** Who calls. */
export interface Caller {
  readonly sdkAppId: string;
  readonly identifier: string;
}

/** The address of a call, with all its query parameters but the UserSig. */
export function callUrl(base: string, operation: ConsoleOperation, data: ConsoleData, caller: Caller): URL {
  const url = new URL(base);
  url.pathname = url.pathname.replace(/\/*$/, operation.path);
  url.hash = "";
  url.searchParams.set(data.credentials.sdkAppId, caller.sdkAppId);
  url.searchParams.set(data.credentials.identifier, caller.identifier);
  for (const { name, value, maximum = 0 } of data.parameters)
    url.searchParams.set(name, value ?? String(randomUpTo(maximum)));
  return url;
}

function randomUpTo(maximum: number): number {
  return Math.floor(Math.random() * (maximum + 1));
}
