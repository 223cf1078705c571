import { description, resolve, type Operation, type Schema } from "../description.ts";
import { at } from "./fill-values.ts";
import type { Scenario } from "./scenario.ts";

/** A valid body: the richest example of the description. */
export function exampleOf({ operationId }: Pick<Operation, "operationId">): unknown {
  const [reference] = Object.values(requestExamples(operationId));
  return description.components.examples[reference?.$ref.split("/").at(-1) ?? ""]?.value;
}

function requestExamples(operationId: string): Readonly<Record<string, { readonly $ref: string }>> {
  const items = Object.values(description.paths).flatMap((item) => Object.values(item));
  const found = items.find((it) => it.operationId === operationId);
  const [content] = Object.values(found?.requestBody.content ?? {});
  return (content?.examples ?? {}) as Readonly<Record<string, { readonly $ref: string }>>;
}

const owner = { $user: "owner" };
const peer = { $user: "peer" };

/** A body with users of the run in place of the example's, where they are still the example's. */
export function template(operationId: string, body: unknown): unknown {
  const example = exampleOf({ operationId });
  const [user, other] = [at(example, "/From_Account"), "To_Account"];
  const replace = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => replace(item, key));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replace(member, name)]));
    if (key === "From_Account" && value === user) return owner;
    return key === other &&
      typeof value === "string" &&
      JSON.stringify(example).includes(`"${other}":${JSON.stringify(value)}`)
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
export function requestSource({ requestSchema: { $ref, ...own } }: Operation): readonly string[] {
  const schema = $ref === undefined ? own : (resolve($ref) as Schema);
  return (schema["x-source"] ?? []) as readonly string[];
}
