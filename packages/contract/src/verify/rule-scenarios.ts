import type { Conversation } from "@contact-groups/openapi/bodies";
import {
  type Field,
  type OperationId,
  type QueryField,
  queryFields,
  type RequestBody,
} from "@contact-groups/openapi/model";
import { checkCode, drawnNames, type ApiOperation, operations, ownerName } from "../operations.ts";
import { groupBy } from "../group-by.ts";
import { type Mutation, mutations } from "./broken-values.ts";
import type { Parameter, RequestParts } from "./request.ts";
import { type Basis, type Context, imported, type Needs, type Scenario } from "./scenario.ts";

/** Scenarios of a parameter: without it, with it twice, in capital letters, and with a value that breaks a rule. */
export function queryScenarios(operation: ApiOperation, { name, credential, field, required }: QueryField): Scenario[] {
  const { operationId } = operation;
  const { errors = {}, sources = [] } = field;
  const body = exampleOf(operation);
  const scenario = (
    rule: string,
    title: string,
    given: (t: Context<OperationId>) => readonly NonNullable<RequestParts["query"]>[],
    code: number = checkCode("query"),
    calls = 1,
  ): Scenario => ({
    id: `rule/${operationId}/query/${name}/${rule}`,
    title,
    group: "invalid",
    basis: rule === "once" ? "assumed" : "documented",
    needs: { ...needsOf(operation, [body]), ...(credential && { credentials: true }) },
    operations: [operationId],
    calls,
    reason: "A call without a parameter, or with an invalid one, must not be mistaken for another caller's.",
    sources,
    async run(t, users) {
      for (const query of given(t))
        await t.send(
          operationId,
          { query, body: withUsers(operation, body, (role) => String(users[role])) },
          { ErrorCode: code },
        );
    },
  });
  // A provider may ignore a number that is drawn for each call: public clients of the service send none, or the time.
  const isChecked = !drawnNames.includes(name);
  const fixed = String(field.enum?.[0] ?? ("minimum" in field ? field.minimum : ""));
  const own = (t: Context<OperationId>): Parameter => (credential ? t.credential(name) : fixed);
  return [
    ...(required && isChecked
      ? [scenario("required", `A call without ${name} is rejected`, () => [{ [name]: null }], errors["required"])]
      : []),
    scenario("once", `A call with ${name} twice is rejected`, (t) => [{ [name]: [own(t), own(t)] }]),
    ...(required && credential
      ? [
          scenario(
            "case",
            `A call with ${name} in capital letters is rejected`,
            (t) => [{ [name]: null, [name.toUpperCase()]: own(t) }],
            errors["required"],
          ),
        ]
      : []),
    ...(isChecked ? brokenTexts(field) : []).map(([keyword, texts]) =>
      scenario(
        keyword,
        `A ${name} that breaks the rule "${keyword}" is rejected`,
        () => texts.map((text) => ({ [name]: text })),
        errors[keyword],
        texts.length,
      ),
    ),
  ];
}

/** Texts of a parameter that break one rule each. */
function brokenTexts(field: Field): [keyword: string, texts: readonly string[]][] {
  const isText = field.type === "string";
  const valid = isText ? "x" : "minimum" in field ? field.minimum : 0;
  const broken = mutations(field, valid).filter(({ keyword }) => keyword !== "type");
  const byKeyword = groupBy(broken, ({ keyword }) => keyword);
  const found = [...byKeyword].map(([keyword, list]): [string, string[]] => [
    keyword,
    list.map(({ value }) => String(value)),
  ]);
  // An empty text breaks the pattern before the length.
  return isText ? found : [...found, ["type", ["1.5", "one", ""]]];
}

/** Scenarios of a body: for each field and each of its rules, the values that break it. */
export function bodyScenarios(operation: ApiOperation): Scenario[] {
  const { operationId } = operation;
  return [...rulesOf(operation)].map(([rule, all]): Scenario => {
    const list = unique(all);
    const [first] = list;
    return {
      id: `rule/${operationId}/body${rule}`,
      title: `A body whose ${first?.pointer || "the body"} breaks the rule "${first?.keyword}" is rejected`,
      group: "invalid",
      basis: basisOf(first),
      needs: needsOf(
        operation,
        list.map(({ value }) => value),
      ),
      operations: [operationId],
      calls: list.length,
      reason: "An invalid body that is accepted does something that its caller did not intend.",
      sources: first?.field.sources ?? requestSource(operation),
      async run(t, users) {
        for (const { value, code = checkCode("body") } of list)
          await t.send(
            operationId,
            { body: withUsers(operation, value, (role) => String(users[role])) },
            { ErrorCode: code },
          );
      },
    };
  });
}

/** Finds the rules of an operation's examples: all of the richest one, and those of fields that only another example has. */
function rulesOf({ request, requests }: ApiOperation): ReadonlyMap<string, readonly Mutation[]> {
  const found = new Map<string, readonly Mutation[]>();
  const atAnyIndex = (rule: string): string => rule.replaceAll(/\/\d+(?=\/)/g, "/*");
  for (const example of Object.values(requests)) {
    const known = new Set([...found.keys()].map(atAnyIndex));
    const rules = groupBy(mutations(request, example), ({ keyword, pointer }) => `${pointer}/${keyword}`);
    for (const [rule, list] of rules) if (!known.has(atAnyIndex(rule))) found.set(rule, list);
  }
  return found;
}

function basisOf(mutation: Mutation | undefined): Basis {
  return mutation?.keyword === "x-maxBytes" && "maxBytesDisputed" in mutation.field ? "disputed" : "documented";
}

function unique(list: readonly Mutation[]): Mutation[] {
  return [...new Map(list.map((one) => [JSON.stringify([one.value, one.code]), one])).values()];
}

/** The field of a conversation that has the other user. */
export const peerName: "To_Account" & keyof Extract<Conversation, { Type: 1 }> = "To_Account";

/** Returns a valid body: the richest example of the description. */
export function exampleOf({ requests }: Pick<ApiOperation, "requests">): RequestBody<OperationId> | undefined {
  return Object.values(requests)[0];
}

type Role = "owner" | "peer";

/** Replaces the users of the operation's example in a body. */
export function withUsers(operation: ApiOperation, body: unknown, userOf: (role: Role) => string): unknown {
  const example = exampleOf(operation);
  const peers = new Set(JSON.stringify(example).match(new RegExp(`(?<="${peerName}":)"[^"]*"`, "g")));
  const replace = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => replace(item, key));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replace(member, name)]));
    if (key === ownerName && value === example?.[ownerName]) return userOf("owner");
    return key === peerName && peers.has(JSON.stringify(value)) ? userOf("peer") : value;
  };
  return replace(body, "");
}

/** Returns the users that are named in bodies. */
function needsOf(operation: ApiOperation, bodies: readonly unknown[]): Needs {
  const roles = new Set<Role>();
  for (const body of bodies) withUsers(operation, body, (role) => (roles.add(role), role));
  return roles.size === 0 ? {} : { users: Object.fromEntries([...roles].map((role) => [role, imported])) };
}

/** Returns the documents of an operation's request. */
export function requestSource({ request }: ApiOperation): readonly string[] {
  return request.sources ?? [];
}

/** Scenarios that follow from the description alone: one for each rule of each parameter and each field. */
export function ruleScenarios(): readonly Scenario[] {
  return operations.flatMap((operation) => [
    ...queryFields.flatMap((value) => queryScenarios(operation, value)),
    ...bodyScenarios(operation),
  ]);
}
