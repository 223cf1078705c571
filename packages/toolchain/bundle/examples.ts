import { check, explain, type Field, type Issue } from "@contact-groups/core/check";
import { toField, type Bundle } from "../model/index.ts";
import { escape } from "./human-texts.ts";

/** Something in the bundle that is wrong, by its JSON pointer. */
export interface Wrong {
  readonly pointer: string;
  readonly message: string;
}

/** What of the examples does not fit the schema of their body, each once: of a response by the alternative that its `ActionStatus` means. */
export function wrongExamples(bundle: Bundle): Wrong[] {
  const found = Object.entries(bundle.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      const at = `/paths/${escape(path)}/${method}`;
      return [
        ...ofBody(`${at}/requestBody`, operation.requestBody),
        ...ofBody(`${at}/responses/200`, operation.responses["200"]),
      ];
    }),
  );
  return [...new Map(found.map((wrong) => [`${wrong.pointer} ${wrong.message}`, wrong])).values()];

  function ofBody(
    at: string,
    {
      content,
    }: {
      readonly content: Readonly<
        Record<string, Bundle["paths"][string][string]["requestBody"]["content"]["application/json"]>
      >;
    },
  ): Wrong[] {
    return Object.entries(content).flatMap(([type, { schema, examples }]) => {
      const place = `${at}/content/${escape(type)}`;
      const field = toField(bundle, schema, `${place}/schema`, () => {});
      return Object.entries(examples).flatMap(([name, example]) => {
        const component = example.$ref?.slice(example.$ref.lastIndexOf("/") + 1);
        const { value } = component === undefined ? example : bundle.components.examples[component]!;
        return ofValue(
          field,
          value,
          component === undefined
            ? `${place}/examples/${escape(name)}/value`
            : `/components/examples/${component}/value`,
        );
      });
    });
  }
}

function ofValue(field: Field, value: unknown, at: string): Wrong[] {
  const issues = check(field, value, { all: true, disputed: "larger" });
  const texts = issues.map((issue) => explain(issue, { whole: "the example", disputed: true }));
  // A name in other letters is told where the right one is missing.
  const misspelt = (issue: Issue): boolean =>
    issue.rule === "additionalProperties" &&
    issues.some((other, index) => {
      const name = JSON.stringify(issue.pointer.slice(issue.pointer.lastIndexOf("/") + 1));
      return other.rule === "required" && other.owner === issue.owner && texts[index]!.includes(`there is ${name}`);
    });
  return issues.flatMap((issue, index) =>
    misspelt(issue)
      ? []
      : [
          {
            // Nothing is at the place of a field that is missing.
            pointer:
              at + (issue.rule === "required" ? issue.pointer.slice(0, issue.pointer.lastIndexOf("/")) : issue.pointer),
            message: `The example does not fit its schema: ${texts[index]}. Correct the example, or the schema.`,
          },
        ],
  );
}
