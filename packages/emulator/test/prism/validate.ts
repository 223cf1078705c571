import bundle from "@contact-groups/openapi" with { type: "json" };
import { getHttpOperationsFromSpec } from "@stoplight/prism-http/dist/utils/operations.js";
// Prism's whole instance creates responses of its own and takes twice as long to load; here it only validates.
import { validateOutput } from "@stoplight/prism-http/dist/validator/index.js";

/** A response as its reader got it. */
export interface ReadResponse {
  /** Path of the call. A response to an unknown path is a failure, which is the same for all of them. */
  readonly path: string | undefined;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
}

// Prism resolves references in place, so it gets a document of its own.
const operations = await getHttpOperationsFromSpec(structuredClone<object>(bundle));

/** What the service sends with every response; a reader accepts one with `ErrorCode` alone. */
const envelope = ["ActionStatus", "ErrorCode", "ErrorInfo"];

/** Returns the violations of the OpenAPI description by a response, as Prism reports them; empty for a valid response. */
export function validate({ path, status, contentType, body }: ReadResponse): readonly string[] {
  const resource = operations.find((operation) => operation.path === path) ?? operations[0];
  if (!resource) return ["The description has no operation."];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return ["The body is not JSON."];
  }
  const headers = { ...(contentType !== null && { "content-type": contentType }) };
  const verdict = validateOutput({ resource, element: { statusCode: status, headers, body: value } });
  const missing = envelope.filter((name) => !Object.hasOwn(Object(value) as object, name));
  return [
    ...(verdict._tag === "Left" ? verdict.left.map(({ message }) => message) : []),
    ...missing.map((name) => `The service sends ${name}, although no response requires it.`),
  ];
}
