/** The seed of the emulator, and the load that is sent to it. */
import autocannon from "autocannon";
import { operations, type OperationId } from "@contact-groups/openapi/model";
import type { SeedDocument } from "@contact-groups/emulator";
import type { Run } from "../compare.ts";

/** A request of a load. */
export interface LoadRequest {
  readonly path: string;
  readonly body: string;
}

const users = Array.from({ length: 1000 }, (_, index) => `user_${index}`);
const peers = Array.from({ length: 100 }, (_, index) => `peer_${index}`);
/** Accounts that have no group yet. */
export const newcomers: readonly string[] = Array.from({ length: 3000 }, (_, index) => `newcomer_${index}`);

/** 1,000 users with one group of two conversations each. */
export const seed: SeedDocument = {
  apps: [
    {
      accounts: [...users, ...peers, ...newcomers],
      users: users.map((userId) => ({
        userId,
        groups: [{ name: "family" }],
        conversations: ["peer_0", "peer_1"].map((To_Account) => ({ Type: 1 as const, To_Account, groups: ["family"] })),
      })),
    },
  ],
};

/** Requests of a kind, each for another user. */
export const loads: Readonly<Record<"get" | "search" | "create", readonly LoadRequest[]>> = {
  get: forEachUser("getContactGroup", () => ({ StartIndex: 0 })),
  search: forEachUser("searchContactGroup", () => ({ ContactItem: ["peer_0", "peer_1"].map(conversation) })),
  create: forEachUser("createContactGroup", (index) => ({
    GroupContactItem: [{ GroupName: "family", ContactItem: [conversation(`peer_${index % 100}`)] }],
  })),
};

/** Returns a request to an operation. Any UserSig is accepted. */
export function requestTo(operation: OperationId, body: object): LoadRequest {
  const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";
  return { path: `${operations[operation].path}?${query}`, body: JSON.stringify(body) };
}

/** Returns a conversation with a user. */
export function conversation(To_Account: string): { readonly Type: 1; readonly To_Account: string } {
  return { Type: 1, To_Account };
}

function forEachUser(operation: OperationId, body: (index: number) => object): readonly LoadRequest[] {
  return users.map((From_Account, index) => requestTo(operation, { From_Account, ...body(index) }));
}

/**
 * Sends requests to a server with autocannon.
 *
 * @throws an `Error` if a response has another status than 2xx
 */
export async function load(url: string, options: Omit<autocannon.Options, "url">): Promise<Run> {
  const headers = { "Content-Type": "application/json" };
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    method: "POST",
    headers,
    // On a busy machine a response of Prism may take longer than the 10 seconds that are the default.
    timeout: 60,
    ...options,
  });
  if (non2xx + errors > 0)
    throw new Error(`${url}: ${non2xx} responses with a status other than 2xx, ${errors} errors.`);
  return { calls: requests.total, figures: { "p99, ms": latency.p99 } };
}

/** Returns requests in the format of autocannon, of which each connection sends one after the other. */
export function inTurn(requests: readonly LoadRequest[]): autocannon.Request[] {
  return requests.map((request) => ({ method: "POST", headers: { "Content-Type": "application/json" }, ...request }));
}
