/** The only file that knows Prism, but for the list of its parts in `prism-parts.ts`. No published type comes from here, so none needs Prism. */
import type {
  IHttpConfig,
  IHttpRequest,
  IHttpResponse,
  PrismHttpComponents,
  ProblemJsonError,
} from "@stoplight/prism-http";
import manifest from "../package.json" with { type: "json" };

/** A request as Prism is to see it. */
export interface PrismRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
}

/** A rule that a request breaks, or an example of the description. */
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
}

export interface Prism {
  judge(request: PrismRequest): Promise<Judgement>;
}

/** Judges answers that did not come from Prism. */
export interface AnswerJudge {
  /** Says what is wrong with an answer that somebody else gave to the request. The locations begin with `response`. */
  judgeAnswer(request: PrismRequest, answer: PrismAnswer): Promise<readonly Violation[]>;
}

/** An answer as Prism is to see it. */
export interface PrismAnswer {
  readonly status: number;
  readonly body: unknown;
}

let loaded: Promise<Prism & AnswerJudge> | undefined;

/** Loads Prism and the description once per process; it takes a few tenths of a second. */
export function loadPrism(): Promise<Prism & AnswerJudge> {
  // Awaited, so that what cannot be loaded rejects.
  loaded ??= Promise.resolve().then(() => createPrism(requireNatively<PrismParts>("#prism")));
  return loaded;
}

/**
 * Loads with Node's own loader. Jest's would transform and load it again for each test file. It puts a subclass in the place of Node's
 * `Module`, whose own `createRequire` is the loader wanted here.
 */
function requireNatively<Module>(name: string): Module {
  try {
    const { Module: given } = process.getBuiltinModule("node:module");
    const { createRequire = given.createRequire } = Object.getPrototypeOf(given) as Partial<typeof given>;
    return createRequire(import.meta.url)(name) as Module;
  } catch (cause) {
    throw new Error(explain(cause), { cause });
  }
}

function explain(cause: unknown): string {
  const { node } = process.versions;
  if (typeof process.getBuiltinModule !== "function")
    return `Prism can't be loaded. It needs Node ${manifest.engines.node}, and this is Node ${node}.`;
  const { code, message } = cause as NodeJS.ErrnoException;
  // A file that the bundle requires can be missing, too.
  if (code === "MODULE_NOT_FOUND" && /^Cannot find module .*prism\.cjs/.test(message))
    return `${manifest.name} is incomplete: dist/prism.cjs is missing. Install the package again, or run "pnpm run build" in its repository.`;
  return `Prism can't be loaded: ${message}`;
}

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
