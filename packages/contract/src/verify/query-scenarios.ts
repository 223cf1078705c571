import type { Field, QueryField } from "@contact-groups/openapi/model";
import { gateCode, type Operation } from "../operations.ts";
import { groupBy, mutations } from "./broken-values.ts";
import { exampleOf, needsOf, template } from "./example-bodies.ts";
import { nameOf } from "./facts.ts";
import { expected as expectation } from "./load-scenarios.ts";
import type { Basis, Scenario } from "./scenario.ts";

/** Scenarios of a parameter: without it, with it twice, in capital letters, and with a value that breaks a rule. */
export function queryScenarios(operation: Operation, expected: QueryField): Scenario[] {
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
      expect: expectation([nameOf(code ?? gateCode("query"))]),
    })),
    reason: "A call that lacks a parameter, or has a wrong one, must not be taken for another caller's.",
    source: sources,
  });
  const own = isCredential ? { $own: name } : String(field.enum?.[0] ?? ("minimum" in field ? field.minimum : ""));
  return [
    ...(required ? [scenario("required", `A call without ${name} is refused`, [null], errors["required"])] : []),
    scenario("once", `A call with ${name} twice is refused`, [[own, own]], undefined, "assumed"),
    ...(required && isCredential
      ? [scenario("case", `A call with ${name} in capital letters is refused`, [capitals], errors["required"])]
      : []),
    ...brokenTexts(field).map(([keyword, texts]) =>
      scenario(keyword, `A ${name} that breaks the rule "${keyword}" is refused`, texts, errors[keyword]),
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
