import { description, gateCode, type Operation, type QueryValue, type Schema } from "../description.ts";
import { groupBy, mutations } from "./broken-values.ts";
import { exampleOf, needsOf, template } from "./example-bodies.ts";
import { nameOf } from "./facts.ts";
import { expected } from "./load-scenarios.ts";
import type { Basis, Scenario } from "./scenario.ts";

/** Scenarios of a parameter: without it, with it twice, in capital letters, and with a value that breaks a rule. */
export function queryScenarios(operation: Operation, value: QueryValue): Scenario[] {
  const { name, schema, errorCodes, required } = value;
  const source = querySource(name);
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
      expect: expected([nameOf(code ?? gateCode("query"))]),
    })),
    reason: "A call that lacks a parameter, or has a wrong one, must not be taken for another caller's.",
    source,
  });
  const isCredential = value.secret;
  const own = isCredential ? { $own: name } : String(schema["const"] ?? schema["minimum"] ?? "");
  return [
    ...(required ? [scenario("required", `A call without ${name} is refused`, [null], errorCodes["required"])] : []),
    scenario("once", `A call with ${name} twice is refused`, [[own, own]], undefined, "assumed"),
    ...(required && isCredential
      ? [scenario("case", `A call with ${name} in capital letters is refused`, [capitals], errorCodes["required"])]
      : []),
    ...brokenTexts(schema).map(([keyword, texts]) =>
      scenario(keyword, `A ${name} that breaks the rule "${keyword}" is refused`, texts, errorCodes[keyword]),
    ),
  ];
}

const capitals = Symbol("the name in capital letters");

/** Texts of a parameter that break one rule each. */
function brokenTexts(schema: Schema): [keyword: string, texts: readonly string[]][] {
  const isText = schema["type"] === "string";
  const valid = isText ? "x" : Number(schema["minimum"] ?? 0);
  const broken = mutations(schema, valid).filter(({ keyword }) => keyword !== "type");
  const byKeyword = groupBy(broken, ({ keyword }) => keyword);
  const found = [...byKeyword].map(([keyword, list]): [string, string[]] => [
    keyword,
    list.map(({ value }) => String(value)),
  ]);
  // An empty text breaks the pattern before the length.
  return isText ? found : [...found, ["type", ["1.5", "one", ""]]];
}

interface Sourced {
  readonly name: string;
  readonly "x-source": readonly string[];
}

function querySource(name: string): readonly string[] {
  const { securitySchemes, parameters } = description.components as unknown as Readonly<
    Record<"securitySchemes" | "parameters", Readonly<Record<string, Sourced>>>
  >;
  const all = [...Object.values(securitySchemes), ...Object.values(parameters)];
  return all.find((one) => one.name === name)?.["x-source"] ?? [];
}
