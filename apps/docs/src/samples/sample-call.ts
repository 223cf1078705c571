import { jsonText } from "../reference/json-text.ts";
import type { Model, Operation } from "../reference/model.ts";

/** A query parameter, as a program gets its value. */
export type QueryPart =
  | { readonly name: string; readonly from: "environment"; readonly variable: string }
  | { readonly name: string; readonly from: "random"; readonly maximum: number }
  | { readonly name: string; readonly from: "constant"; readonly value: string };

/** The call of a sample: the first request of an operation, sent to the first server. */
export interface SampleCall {
  /** Address without the query. */
  readonly url: string;
  readonly server: string;
  readonly region: string;
  readonly operationId: string;
  readonly query: readonly QueryPart[];
  readonly body: unknown;
}

/** The call that all samples of an operation make. Credentials come from the environment, so that no program contains one. */
export function sampleCall({ servers }: Pick<Model, "servers">, operation: Operation): SampleCall {
  const [server] = servers;
  const [request] = operation.requests;
  if (server?.region === undefined || !request)
    throw new Error(`${operation.id} has no server with a region, or no example of a request.`);
  return {
    url: server.url + operation.path,
    server: server.url,
    region: server.region,
    operationId: operation.id,
    query: operation.query.map(({ name, credential, field }) => {
      if (credential) return { name, from: "environment", variable: name.toUpperCase() };
      if (field.enum?.[0] !== undefined) return { name, from: "constant", value: String(field.enum[0]) };
      if ("maximum" in field) return { name, from: "random", maximum: field.maximum };
      throw new Error(`A sample has no value for the parameter ${name}.`);
    }),
    body: request.value,
  };
}

/** A list with an entry for each query parameter, by where its value comes from. */
export function eachParameter(
  query: readonly QueryPart[],
  write: {
    environment(name: string, variable: string): string;
    random(name: string, maximum: number): string;
    constant(name: string, value: string): string;
  },
): string[] {
  return query.map((part) => {
    if (part.from === "environment") return write.environment(part.name, part.variable);
    if (part.from === "random") return write.random(part.name, part.maximum);
    return write.constant(part.name, part.value);
  });
}

/** JSON with a margin before each line but the first. */
export function json(value: unknown, margin = ""): string {
  return jsonText(value).replaceAll("\n", `\n${margin}`);
}
