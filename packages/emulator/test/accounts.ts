import type { Emulator } from "../src/index.ts";
import { type Body, call, type CallOptions } from "./call.ts";

/** Accounts of a call at most, as the public pages have it. */
export const batchLength = 100;

/** The endpoints for accounts. */
export const accountEndpoints = ["account_import", "multiaccount_import", "account_check"] as const;

export type AccountEndpointName = (typeof accountEndpoints)[number];

/** The path of an endpoint for accounts. */
export const pathOf = (endpoint: AccountEndpointName): string => `/v4/im_open_login_svc/${endpoint}`;

/** Calls an endpoint for accounts with a body, as text or as a JSON value. */
export function callAccounts(
  emulator: Emulator,
  endpoint: AccountEndpointName,
  body: unknown,
  options: CallOptions = {},
): Promise<Body> {
  return call(emulator, "getContactGroup", body, { path: pathOf(endpoint), ...options });
}

/** The statuses of accounts, by `account_check`. */
export async function statuses(emulator: Emulator, ...userIds: readonly string[]): Promise<readonly string[]> {
  const body = { CheckItem: userIds.map((UserID) => ({ UserID })) };
  const { ResultItem } = await callAccounts(emulator, "account_check", body);
  return (ResultItem as readonly { AccountStatus: string }[]).map(({ AccountStatus }) => AccountStatus);
}
