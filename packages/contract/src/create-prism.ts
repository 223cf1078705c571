/** Validates messages with Prism, as its own proxy does: the body is parsed by its media type, and nothing is invented. */
import type { IHttpProxyConfig, IHttpRequest, IHttpResponse, ProblemJsonError } from "@stoplight/prism-http";
import { type Body, hasByteOrderMark } from "./body.ts";
import { type HeaderFields, isJsonType, parseMediaType } from "./message.ts";
import type { Prism, PrismRequest, PrismVerdict, PrismViolation } from "./prism.ts";

/** The parts of Prism that `build/prism.ts` bundles. */
export type PrismParts = typeof import("./prism-parts.ts");

/** Prism writes nothing: a verdict is returned. */
const logger = {
  child: () => logger,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  success: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
};

/** Creates the validator from Prism's parts. */
export async function createPrism({ createInstance, readOperations }: PrismParts): Promise<Prism> {
  const all = await readOperations();
  const byPath = new Map(all.map(({ path }) => [path, all.filter((operation) => operation.path === path)]));
  /** Prism compares a path with that of each operation, which takes longer than its validation. For an unknown path, it gets them all. */
  const operationsOf = (path: string): typeof all => byPath.get(path) ?? all;
  const config = {
    isProxy: true,
    // Never called: `forward` returns the response to validate.
    upstream: new URL("http://upstream.invalid"),
    upstreamProxy: undefined,
    // A path or method without an operation is an error, as it is for Prism's mock server.
    errors: true,
    mock: { dynamic: false },
  } satisfies Partial<IHttpProxyConfig>;
  const parts = { logger: logger as never };
  const nothing = Promise.resolve({ _tag: "Right", right: { statusCode: 200 } } as const);
  const requests = createInstance(
    { ...config, checkSecurity: true, validateRequest: true, validateResponse: false },
    { ...parts, forward: () => () => () => nothing },
  );
  /** The response to each request that is validated at this time. */
  const responses = new WeakMap<IHttpRequest, IHttpResponse>();
  const proxy = createInstance(
    { ...config, checkSecurity: false, validateRequest: false, validateResponse: true },
    {
      ...parts,
      forward: ({ data }) => {
        const response = responses.get(data) ?? { statusCode: 200 };
        return () => () => Promise.resolve({ _tag: "Right", right: response });
      },
    },
  );

  return {
    async validateRequest(request) {
      const input = toInput(request);
      if (input === undefined) return undefined;
      const result = await requests.request(input, operationsOf(request.path))();
      if (result._tag === "Left") return verdictOf(result.left);
      const { input: diagnostics } = result.right.validations;
      return {
        status: statusOf(diagnostics),
        violations: diagnostics.map((diagnostic) => toViolation("request", diagnostic)),
      };
    },
    async validateResponse({ method, path, status, headers, body }) {
      const fields = joined(headers, ",");
      // A response without a body is empty text.
      const content = parseAsPrism(fields["content-type"], body, status !== 204, { kind: "text", text: "" });
      if (content === undefined) return undefined;
      const request: IHttpRequest = {
        method: method.toLowerCase() as IHttpRequest["method"],
        url: { path, query: {} },
      };
      responses.set(request, { statusCode: status, headers: fields, body: content.body });
      const result = await proxy.request(request, operationsOf(path))();
      if (result._tag === "Left") throw result.left;
      return result.right.validations.output.map((diagnostic) => toViolation("response", diagnostic));
    },
  };
}

function toInput({ method, path, query, headers, body }: PrismRequest): IHttpRequest | undefined {
  const fields = joined(headers, ", ");
  // Node.js keeps the first of several.
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  const isChunked = fields["transfer-encoding"] !== undefined;
  const content = parseAsPrism(type, body, true, isChunked ? { kind: "text", text: "" } : { kind: "none" });
  if (content === undefined) return undefined;
  const length = "raw" in body ? body.raw.byteLength : 0;
  return {
    method: method.toLowerCase() as IHttpRequest["method"],
    url: { path, query: { ...query } as Record<string, string | string[]> },
    headers: {
      // A request without a socket has the length that `fetch` would send.
      ...(!isChunked && length > 0 && { "content-length": String(length) }),
      ...fields,
      ...(type !== undefined && { "content-type": type }),
    },
    body: content.body,
  };
}

/** What Prism's server and proxy make of a message without a body. */
type Empty = { readonly kind: "none" } | { readonly kind: "text"; readonly text: "" };

/**
 * Parses a body as Prism's server and proxy do: JSON by its media type, anything else as text. Returns undefined for what they cannot read,
 * where they end with an error or never respond.
 */
function parseAsPrism(
  contentType: string | undefined,
  body: Body,
  canBeJson: boolean,
  empty: Empty,
): { readonly body: unknown } | undefined {
  const media = contentType === undefined ? undefined : parseMediaType(contentType);
  if (contentType !== undefined && media === undefined) return undefined;
  const isJson = canBeJson && isJsonType(media);
  if (!("raw" in body)) {
    if (empty.kind === "none") return { body: null };
    return isJson ? undefined : { body: empty.text };
  }
  const charset = media?.charset ?? "utf-8";
  if (isJson && body.kind === "json" && /^utf-?8$/.test(charset))
    return hasByteOrderMark(body) ? undefined : { body: body.value };
  try {
    const text = new TextDecoder(charset, { ignoreBOM: true }).decode(body.raw);
    return { body: isJson ? JSON.parse(text) : text };
  } catch {
    return undefined;
  }
}

/** Returns header fields by their names in lower case; the values of a repeated name are joined. */
function joined(headers: HeaderFields, separator: string): Record<string, string> {
  const map: Record<string, string> = {};
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const before = Object.hasOwn(map, name) ? map[name] : undefined;
    map[name] = before === undefined ? value : `${before}${separator}${value}`;
  }
  return map;
}

interface Diagnostic {
  readonly path?: readonly (string | number)[];
  readonly code?: string | number;
  readonly message: string;
  /** 0 is an error. */
  readonly severity: number;
}

/** The statuses of Prism's mock server, the first that applies. */
function statusOf(diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter(({ severity }) => severity === 0);
  for (const code of [401, 415]) if (errors.some((one) => one.code === code)) return code;
  return errors.length > 0 ? 422 : 200;
}

function toViolation(side: "request" | "response", { path = [], code = "", message }: Diagnostic): PrismViolation {
  return { location: [side, ...path.map(String)], code: String(code), message };
}

function verdictOf(error: Error & Partial<ProblemJsonError>): PrismVerdict {
  if (error.status === undefined || error.status >= 500) throw error;
  // Prism's detail can repeat the path as it was sent; the title never does.
  const code = error.name.replace(/^.*#/, "");
  return { status: error.status, violations: [{ location: ["request"], code, message: error.message }] };
}
