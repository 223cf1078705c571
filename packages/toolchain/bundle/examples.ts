import { check, explain, type Field, type RequestViolation } from "@contact-groups/core/check";
import type { Bundle, Content, Model, NotSupported } from "../model/index.ts";
import { escape } from "./human-texts.ts";

/** What of the examples does not fit the field of their body, each once. */
export function wrongExamples(bundle: Bundle, { operations }: Model): NotSupported[] {
  const found = operations.flatMap(({ at, object, fields }) => {
    const ofBody = (place: string, { examples }: Content, field: Field): NotSupported[] =>
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
  const issues = check(field, value, { all: true, disputed: "larger" });
  const texts = issues.map((issue) => explain(issue, { whole: "the example", disputed: true }));
  // A name in other letters is told where the right one is missing.
  const misspelt = (issue: RequestViolation): boolean =>
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
