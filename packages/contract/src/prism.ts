/** The only file that knows Prism. */
import type { IHttpConfig, IHttpRequest, ProblemJsonError } from "@stoplight/prism-http";
import { withEveryFailure } from "./description.ts";

/** A request as Prism is to see it. */
export interface PrismRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly body: unknown;
}

/** A rule that a request or a response breaks. */
export interface Violation {
  readonly location: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** What Prism makes of a request. */
export interface Judgement {
  /** The HTTP status that Prism would answer: 200, or 401, 404, 405, 422. */
  readonly status: number;
  readonly violations: readonly Violation[];
  /** The example that Prism answers with status 200. */
  readonly body?: unknown;
}

export interface Prism {
  /** Judges a request as it is and, if it is good, answers the example of this name, or the first success. */
  judge(request: PrismRequest, example?: string): Promise<Judgement>;
  /** Answers the example of this name whatever the request is. Status 404 when there is none. */
  example(request: PrismRequest, name: string): Promise<Judgement>;
}

let loaded: Promise<Prism> | undefined;

/** Loads Prism and the description once per process; it takes most of a second. */
export function loadPrism(): Promise<Prism> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Prism> {
  const [{ createInstance, getHttpOperationsFromSpec }, { createLogger }] = await Promise.all([
    import("@stoplight/prism-http"),
    import("@stoplight/prism-core"),
  ]);
  // Prism resolves references in place, so it gets a document of its own.
  const operations = await getHttpOperationsFromSpec(withEveryFailure());
  const config = (check: boolean, exampleKey: string | undefined): IHttpConfig => ({
    isProxy: false,
    checkSecurity: check,
    validateRequest: check,
    validateResponse: true,
    errors: false,
    upstreamProxy: undefined,
    // Prism writes to this object, so each request gets a new one.
    mock: { dynamic: false, ...(exampleKey !== undefined && { exampleKey }) },
  });
  const instance = createInstance(config(true, undefined), { logger: createLogger("contract", { level: "silent" }) });

  async function ask(request: PrismRequest, check: boolean, exampleKey?: string): Promise<Judgement> {
    const { method, path, query, body } = request;
    // The query's contenttype names the format. The Content-Type header is in no document, so it is not judged.
    const input = {
      method: method.toLowerCase() as IHttpRequest["method"],
      url: { path, query: { ...query } },
      headers: { "content-type": "application/json" },
      body,
    };
    const result = await instance.request(input, operations, config(check, exampleKey))();
    if (result._tag === "Left") return refusal(result.left);
    const { output, validations } = result.right;
    return {
      status: output.statusCode,
      body: output.body,
      violations: [
        ...validations.input.map((diagnostic) => violation("request", diagnostic)),
        ...validations.output.map((diagnostic) => violation("response", diagnostic)),
      ],
    };
  }

  return {
    judge: (request, example) => ask(request, true, example),
    example: (request, name) => ask(request, false, name),
  };
}

interface Diagnostic {
  readonly path?: readonly (string | number)[];
  readonly location?: readonly (string | number)[];
  readonly code?: string | number;
  readonly message: string;
}

function violation(side: "request" | "response", { path, location, code = "", message }: Diagnostic): Violation {
  return { location: [side, ...(path ?? location ?? []).map(String)], code: String(code), message };
}

function refusal(error: Error & Partial<ProblemJsonError>): Judgement {
  if (error.status === undefined || error.status >= 500) throw error;
  const list = error.additional?.["validation"] as readonly Diagnostic[] | undefined;
  // Prism's detail can repeat the path as it was sent; the title never does.
  const summary = { code: error.name.replace(/^.*#/, ""), message: error.message };
  return {
    status: error.status,
    violations: (list ?? [summary]).map((diagnostic) => violation("request", diagnostic)),
  };
}
