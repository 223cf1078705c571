/** The examples of the description: as exports of the model, and whether they match their schemas. */
import { check, explain, type Field, type RequestViolation } from "@contact-groups/core/check";
import { escape } from "../bundle/pointer.ts";
import type { DescriptionBundle, BundledContent, BundledExample, BundledOperation } from "./bundle.ts";
import type { NotSupported } from "./resolve.ts";

/** Examples by their names. */
export type NamedExamples = readonly (readonly [name: string, example: BundledExample])[];

export function examplesOf(
  bundle: DescriptionBundle,
  examples: Readonly<Record<string, BundledExample>>,
): NamedExamples {
  return Object.entries(examples).map(
    ([name, example]) =>
      [
        name,
        example.$ref === undefined
          ? example
          : bundle.components.examples[example.$ref.slice(example.$ref.lastIndexOf("/") + 1)]!,
      ] as const,
  );
}

export function values(
  examples: NamedExamples,
  choose: (name: string) => boolean = () => true,
): Readonly<Record<string, BundledExample["value"]>> {
  return Object.fromEntries(examples.filter(([name]) => choose(name)).map(([name, { value }]) => [name, value]));
}

export function bodies(
  operations: readonly { readonly id: string; readonly requests: NamedExamples; readonly responses: NamedExamples }[],
  kind: "requests" | "responses",
  body: (id: string) => string,
  choose: (name: string) => boolean,
): string {
  const lines = operations.map((operation) => {
    const names = operation[kind].map(([name]) => name).filter(choose);
    return `readonly ${operation.id}: Readonly<Record<${names.map((name) => JSON.stringify(name)).join(" | ") || "never"}, ${body(operation.id)}>>;`;
  });
  return `{ ${lines.join(" ")} }`;
}

/** Returns code and text of each failure by its name. Reports a failure with other fields, which would be lost. */
export function failures(
  operations: readonly { readonly responses: NamedExamples }[],
  failed: (name: string) => boolean,
  problems: NotSupported[],
): object {
  const byName: Record<string, readonly unknown[]> = {};
  for (const [name, value] of operations.flatMap(({ responses }) => Object.entries(values(responses, failed)))) {
    const { ActionStatus: _status, ErrorCode, ErrorInfo, ...others } = value;
    const known = byName[name] ?? [ErrorCode, ErrorInfo];
    const pointer = `/components/examples/${name}/value`;
    if (Object.keys(others).length > 0)
      problems.push({
        pointer,
        message: `A failure has ActionStatus, ErrorCode and ErrorInfo only, but ${name} also has ${Object.keys(others).join()}. Remove it.`,
      });
    if (known[0] !== ErrorCode || known[1] !== ErrorInfo)
      problems.push({
        pointer,
        message: `A failure is the same in every operation, but ${name} is not. Give each of the two its own name.`,
      });
    byName[name] = known;
  }
  return byName;
}

/** An operation with the fields that its examples must match. */
export interface ExampleOperation {
  readonly at: string;
  readonly object: BundledOperation;
  readonly fields: { readonly request: Field; readonly response: Field };
}

/** Returns where the examples do not match the fields of their bodies, each place once. */
export function wrongExamples(bundle: DescriptionBundle, operations: readonly ExampleOperation[]): NotSupported[] {
  const found = operations.flatMap(({ at, object, fields }) => {
    const ofBody = (place: string, { examples }: BundledContent, field: Field): NotSupported[] =>
      Object.entries(examples).flatMap(([name, { $ref, value }]) => {
        const component = $ref?.slice($ref.lastIndexOf("/") + 1);
        return component === undefined
          ? ofValue(field, value, `${at}/${place}/content/application~1json/examples/${escape(name)}/value`)
          : ofValue(field, bundle.components.examples[component]!.value, `/components/examples/${component}/value`);
      });
    return [
      ...ofBody("requestBody", object.requestBody.content["application/json"], fields.request),
      ...ofBody("responses/200", object.responses["200"].content["application/json"], fields.response),
    ];
  });
  return [...new Map(found.map((wrong) => [`${wrong.pointer} ${wrong.message}`, wrong])).values()];
}

function ofValue(field: Field, value: unknown, at: string): NotSupported[] {
  const violations = check(field, value, { all: true, disputed: "larger" });
  const texts = violations.map((violation) => explain(violation, { whole: "the example", disputed: true }));
  // A misspelt name is reported where the right one is missing.
  const misspelt = (violation: RequestViolation): boolean =>
    violation.rule === "additionalProperties" &&
    violations.some((other, index) => {
      const name = JSON.stringify(violation.pointer.slice(violation.pointer.lastIndexOf("/") + 1));
      return other.rule === "required" && other.owner === violation.owner && texts[index]!.includes(`there is ${name}`);
    });
  return violations.flatMap((violation, index) =>
    misspelt(violation)
      ? []
      : [
          {
            // Nothing is at the place of a field that is missing.
            pointer:
              at +
              (violation.rule === "required"
                ? violation.pointer.slice(0, violation.pointer.lastIndexOf("/"))
                : violation.pointer),
            message: `The example does not match its schema: ${texts[index]}. Correct the example, or the schema.`,
          },
        ],
  );
}
