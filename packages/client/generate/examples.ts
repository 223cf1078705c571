import type { Bundle, BundleExamples, BundleOperation } from "./bundle.ts";
import { NotSupported } from "./not-supported.ts";
import { toSource, toUnion } from "./to-source.ts";

type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Renders the examples of requests and responses by operation and name. Failures are kept as code and text. */
export function renderExamples(bundle: Bundle): string {
  const operations = Object.values(bundle.paths).map(({ post }) => ({
    id: post.operationId,
    requests: valuesOf(bundle, requestExamplesOf(post)),
    responses: valuesOf(bundle, post.responses["200"].content["application/json"].examples),
  }));
  const requests = operations.map((operation) => [operation.id, operation.requests] as const);
  const successes = operations.map(({ id, responses }) => [id, pick(responses, "OK")] as const);
  const failures = operations.map(({ id, responses }) => [id, pick(responses, "FAIL")] as const);

  return `import type { OkBody, RequestBody } from "../bodies.ts";

/** Bodies of the example requests, by operation and name. */
export const requestExamples: ${typeOf(requests, "RequestBody")} = ${toSource(Object.fromEntries(requests))};

/** Bodies of the example responses of calls that succeed, by operation and name. */
export const successExamples: ${typeOf(successes, "OkBody")} = ${toSource(Object.fromEntries(successes))};

/** ErrorCode and ErrorInfo of the example responses of calls that fail, by name. */
export const failureExamples = ${toSource(compact(failures.map(([, values]) => values)))} as const;

/** Names of the examples of calls that fail, by operation. */
export const failureNames = ${toSource(Object.fromEntries(failures.map(([id, values]) => [id, Object.keys(values)])))} as const;
`;
}

function requestExamplesOf(operation: BundleOperation): BundleExamples {
  return operation.requestBody.content["application/json"].examples;
}

function valuesOf({ components }: Bundle, examples: BundleExamples): Values {
  return Object.fromEntries(
    Object.entries(examples).map(([name, example]) => {
      const { value } = "$ref" in example ? components.examples[example.$ref.split("/").at(-1) ?? ""]! : example;
      return [name, value];
    }),
  );
}

function pick(values: Values, status: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value["ActionStatus"] === status));
}

/** Every failure has the same three fields, so two of them tell it; a failure with more would be cut short unnoticed. */
function compact(failures: readonly Values[]): Readonly<Record<string, readonly unknown[]>> {
  const byName: Record<string, readonly unknown[]> = {};
  for (const [name, value] of failures.flatMap((values) => Object.entries(values))) {
    const { ActionStatus: _, ErrorCode, ErrorInfo, ...others } = value;
    const known = byName[name] ?? [ErrorCode, ErrorInfo];
    if (Object.keys(others).length > 0)
      throw new NotSupported(
        `/components/examples/${name}/value`,
        `A failure has ActionStatus, ErrorCode and ErrorInfo only, but ${name} also has ${Object.keys(others).join()}. Remove it.`,
      );
    if (known[0] !== ErrorCode || known[1] !== ErrorInfo)
      throw new NotSupported(
        `/components/examples/${name}/value`,
        `A failure is the same in every operation, but ${name} is not. Give the two a name of their own.`,
      );
    byName[name] = known;
  }
  return byName;
}

function typeOf(operations: readonly (readonly [string, Values])[], body: string): string {
  const lines = operations.map(
    ([id, values]) => `  readonly ${id}: Readonly<Record<${toUnion(Object.keys(values))}, ${body}<"${id}">>>;\n`,
  );
  return `{\n${lines.join("")}}`;
}
