/** The only file that knows Prism, but for the list of its parts in `prism-parts.ts`. No published type comes from here, so none needs Prism. */
import type {
  IHttpConfig,
  IHttpRequest,
  IHttpResponse,
  PrismHttpComponents,
  ProblemJsonError,
} from "@stoplight/prism-http";
import type { AnswerJudge, Judgement, Prism, PrismRequest, Violation } from "./prism.ts";

/** What `build/prism.ts` bundles of Prism. */
export type PrismParts = typeof import("./prism-parts.ts");

/** Makes the judge of Prism's parts. */
export async function createPrism({
  createInstance,
  createLogger,
  document,
  getHttpOperationsFromSpec,
}: PrismParts): Promise<Prism & AnswerJudge> {
  // Prism resolves references in place, so it gets a document of its own.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const config = (): IHttpConfig => ({
    isProxy: false,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    upstreamProxy: undefined,
    // Prism writes to this object, so each request gets a new one.
    mock: { dynamic: false },
  });
  const logger = createLogger("contract", { level: "silent" });
  const instance = createInstance(config(), { logger });

  return {
    async judge(request) {
      const result = await instance.request(toInput(request), operations, config())();
      if (result._tag === "Left") return refusal(result.left);
      const { output, validations } = result.right;
      return {
        status: output.statusCode,
        violations: [
          ...validations.input.map((diagnostic) => violation("request", diagnostic)),
          ...validations.output.map((diagnostic) => violation("response", diagnostic)),
        ],
      };
    },
    async judgeAnswer(request, { status, body }) {
      const output: IHttpResponse = { statusCode: status, headers: { "content-type": "application/json" }, body };
      // To Prism the answer is that of the server it is a proxy of. None is asked: the upstream is never used.
      const upstream = new URL("http://upstream.invalid");
      const proxy: IHttpConfig = { ...config(), isProxy: true, upstream };
      const forward: PrismHttpComponents["forward"] = () => () => () =>
        Promise.resolve({ _tag: "Right", right: output });
      const result = await createInstance(proxy, { logger, forward }).request(toInput(request), operations)();
      if (result._tag === "Left") throw result.left;
      return result.right.validations.output.map((diagnostic) => violation("response", diagnostic));
    },
  };
}

function toInput({ method, path, query, body }: PrismRequest): IHttpRequest {
  return {
    method: method.toLowerCase() as IHttpRequest["method"],
    url: { path, query: { ...query } as Record<string, string | string[]> },
    // The query's contenttype names the format. The Content-Type header is in no document, so it is not judged.
    headers: { "content-type": "application/json" },
    body,
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
