import type { Context, Visitor } from "./redocly.ts";

/** Rule for the source: a `$ref` names a file. One that is empty, or stays in its own file, leads to itself or hides a component that has no file. */
export function referenceNamesFile(): Visitor {
  return {
    ref(node: { $ref: string }, { location, report }: Context): void {
      if (/^[^#]+\.(yaml|md)(#\/.+)?$/.test(node.$ref)) return;
      report({
        message: `\`${node.$ref}\` does not name a file. Write the path of the component's file, such as \`../components/schemas/UserId.yaml\`.`,
        location: location.child(["$ref"]),
      });
    },
  };
}
