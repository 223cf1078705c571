import type { Conversation } from "@contact-groups/openapi/bodies";
import type { OperationId, RequestBody } from "@contact-groups/openapi/model";
import { type Operation, operations } from "../operations.ts";
import type { Scenario } from "./scenario.ts";

/** The field of each request that has the user for whom the call is made. */
export const ownerName: "From_Account" & keyof RequestBody<OperationId> = "From_Account";

/** The field of a conversation that has the other user. */
export const peerName: "To_Account" & keyof Extract<Conversation, { Type: 1 }> = "To_Account";

/** A valid body: the richest example of the description. */
export function exampleOf({ requests }: Pick<Operation, "requests">): RequestBody<OperationId> | undefined {
  return Object.values(requests)[0];
}

const owner = { $user: "owner" };
const peer = { $user: "peer" };

/** A body with users of the run in place of the example's, where they are still the example's. */
export function template(operationId: string, body: unknown): unknown {
  const operation = operations.find((one) => one.operationId === operationId);
  const example = operation && exampleOf(operation);
  const user = example?.[ownerName];
  const replace = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => replace(item, key));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replace(member, name)]));
    if (key === ownerName && value === user) return owner;
    return key === peerName &&
      typeof value === "string" &&
      JSON.stringify(example).includes(`"${peerName}":${JSON.stringify(value)}`)
      ? peer
      : value;
  };
  return replace(body, "");
}

/** The users that are named in a body. */
export function needsOf(body: unknown): Scenario["needs"] {
  const json = JSON.stringify(body);
  const users = ["owner", "peer"].filter((name) => json.includes(`{"$user":"${name}"}`));
  return users.length === 0 ? {} : { users: Object.fromEntries(users.map((name) => [name, { is: "imported" }])) };
}

/** The documents of an operation's request. */
export function requestSource({ request }: Operation): readonly string[] {
  return request.sources ?? [];
}
