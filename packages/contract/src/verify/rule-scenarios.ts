import type { Conversation } from "@contact-groups/openapi/bodies";
import {
  type Field,
  type OperationId,
  type QueryField,
  queryFields,
  type RequestBody,
} from "@contact-groups/openapi/model";
import { checkCode, drawnNames, nameOf, type ApiOperation, operations, ownerName } from "../operations.ts";
import { groupBy, type Mutation, mutations } from "./broken-values.ts";
import { expected as expectation } from "./load-scenarios.ts";
import type { Basis, Scenario, ScenarioStep } from "./scenario.ts";

/** Scenarios of a parameter: without it, with it twice, in capital letters, and with a value that breaks a rule. */
export function queryScenarios(operation: ApiOperation, expected: QueryField): Scenario[] {
  const { name, credential: isCredential, field, required } = expected;
  const { errors = {}, sources = [] } = field;
  const body = template(operation.operationId, exampleOf(operation));
  const scenario = (
    rule: string,
    title: string,
    given: readonly unknown[],
    code: number | undefined,
    basis?: Basis,
  ): Scenario => ({
    id: `rule/${operation.operationId}/query/${name}/${rule}`,
    title,
    group: "invalid",
    basis: basis ?? "documented",
    needs: needsOf(body),
    steps: given.map((one) => ({
      operation: operation.operationId,
      query: one === capitals ? { [name]: null, [name.toUpperCase()]: { $own: name } } : { [name]: one },
      body,
      expect: expectation([nameOf(code ?? checkCode("query"))]),
    })),
    reason: "A call without a parameter, or with an invalid one, must not be mistaken for another caller's.",
    source: sources,
  });
  // A provider may ignore a number that is drawn for each call: public clients of the service send none, or the time.
  const isChecked = !drawnNames.includes(name);
  const own = isCredential ? { $own: name } : String(field.enum?.[0] ?? ("minimum" in field ? field.minimum : ""));
  return [
    ...(required && isChecked
      ? [scenario("required", `A call without ${name} is rejected`, [null], errors["required"])]
      : []),
    scenario("once", `A call with ${name} twice is rejected`, [[own, own]], undefined, "assumed"),
    ...(required && isCredential
      ? [scenario("case", `A call with ${name} in capital letters is rejected`, [capitals], errors["required"])]
      : []),
    ...(isChecked ? brokenTexts(field) : []).map(([keyword, texts]) =>
      scenario(keyword, `A ${name} that breaks the rule "${keyword}" is rejected`, texts, errors[keyword]),
    ),
  ];
}

const capitals = Symbol("the name in capital letters");

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
  const found = rulesOf(operation);
  return [...found].map(([rule, list]): Scenario => {
    const [first] = list;
    const place = first?.pointer || "the body";
    const steps = list.map(({ value, code }): ScenarioStep => ({
      operation: operation.operationId,
      body: template(operation.operationId, value),
      expect: expectation([nameOf(code ?? checkCode("body"))]),
    }));
    return {
      id: `rule/${operation.operationId}/body${rule}`,
      title: `A body whose ${place} breaks the rule "${first?.keyword}" is rejected`,
      group: "invalid",
      basis: basisOf(first),
      needs: needsOf(steps),
      steps: unique(steps),
      reason: "An invalid body that is accepted does something that its caller did not intend.",
      source: sourceOf(first, operation),
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

function sourceOf(mutation: Mutation | undefined, operation: ApiOperation): readonly string[] {
  return mutation?.field.sources ?? requestSource(operation);
}

function unique(steps: readonly ScenarioStep[]): ScenarioStep[] {
  return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
}

/** The field of a conversation that has the other user. */
export const peerName: "To_Account" & keyof Extract<Conversation, { Type: 1 }> = "To_Account";

/** Returns a valid body: the richest example of the description. */
export function exampleOf({ requests }: Pick<ApiOperation, "requests">): RequestBody<OperationId> | undefined {
  return Object.values(requests)[0];
}

const owner = { $user: "owner" };
const peer = { $user: "peer" };

/** Replaces the users of the example in a body by users of the run. */
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

/** Returns the users that are named in a body. */
export function needsOf(body: unknown): Scenario["needs"] {
  const json = JSON.stringify(body);
  const users = ["owner", "peer"].filter((name) => json.includes(`{"$user":"${name}"}`));
  return users.length === 0 ? {} : { users: Object.fromEntries(users.map((name) => [name, { is: "imported" }])) };
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
