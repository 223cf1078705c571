/** The only file that uses Prism, except the list of its parts in `prism-parts.ts`. No published type comes from here, so none needs Prism. */
import type {
  IHttpConfig,
  IHttpRequest,
  IHttpResponse,
  PrismHttpComponents,
  ProblemJsonError,
} from "@stoplight/prism-http";
import manifest from "../package.json" with { type: "json" };
import { headerMap } from "./message.ts";
import type { Prism, PrismRequest, PrismVerdict, PrismViolation } from "./prism.ts";

let loaded: Promise<Prism> | undefined;

/** Loads Prism and the description once per process; this takes a few tenths of a second. */
export function loadPrism(): Promise<Prism> {
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
    throw new Error(loadError(cause), { cause });
  }
}

function loadError(cause: unknown): string {
  const { node } = process.versions;
  if (typeof process.getBuiltinModule !== "function")
    return `Prism can't be loaded. It needs Node ${manifest.engines.node}, and this is Node ${node}.`;
  const { code, message } = cause as NodeJS.ErrnoException;
  // A file that the bundle requires can be missing, too.
  if (code === "MODULE_NOT_FOUND" && /^Cannot find module .*prism\.cjs/.test(message))
    return `${manifest.name} is incomplete: dist/prism.cjs is missing. Install the package again, or run "pnpm run build" in its repository.`;
  return `Prism can't be loaded: ${message}`;
}

/** The parts of Prism that `build/prism.ts` bundles. */
export type PrismParts = typeof import("./prism-parts.ts");

/** Creates the validator from Prism's parts. */
export async function createPrism({ createInstance, createLogger, readOperations }: PrismParts): Promise<Prism> {
  const operations = await readOperations();
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
    async validateRequest(request) {
      const result = await instance.request(toInput(request), operations, config())();
      if (result._tag === "Left") return verdictOf(result.left);
      const { output, validations } = result.right;
      return {
        status: output.statusCode,
        violations: [
          ...validations.input.map((diagnostic) => toViolation("request", diagnostic)),
          ...validations.output.map((diagnostic) => toViolation("response", diagnostic)),
        ],
      };
    },
    async validateResponse(request, { status, headers, body }) {
      const output: IHttpResponse = { statusCode: status, headers: headerMap(headers), body };
      // Prism validates responses as a proxy does; the upstream is never called.
      const upstream = new URL("http://upstream.invalid");
      const proxy: IHttpConfig = { ...config(), isProxy: true, upstream };
      const forward: PrismHttpComponents["forward"] = () => () => () =>
        Promise.resolve({ _tag: "Right", right: output });
      const result = await createInstance(proxy, { logger, forward }).request(toInput(request), operations)();
      if (result._tag === "Left") throw result.left;
      return result.right.validations.output.map((diagnostic) => toViolation("response", diagnostic));
    },
  };
}

function toInput({ method, path, query, headers, body }: PrismRequest): IHttpRequest {
  return {
    method: method.toLowerCase() as IHttpRequest["method"],
    url: { path, query: { ...query } as Record<string, string | string[]> },
    headers: headerMap(headers),
    body,
  };
}

interface Diagnostic {
  readonly path?: readonly (string | number)[];
  readonly location?: readonly (string | number)[];
  readonly code?: string | number;
  readonly message: string;
}

function toViolation(side: "request" | "response", { path, location, code = "", message }: Diagnostic): PrismViolation {
  return { location: [side, ...(path ?? location ?? []).map(String)], code: String(code), message };
}

function verdictOf(error: Error & Partial<ProblemJsonError>): PrismVerdict {
  if (error.status === undefined || error.status >= 500) throw error;
  const list = error.additional?.["validation"] as readonly Diagnostic[] | undefined;
  // Prism's detail can repeat the path as it was sent; the title never does.
  const summary = { code: error.name.replace(/^.*#/, ""), message: error.message };
  return {
    status: error.status,
    violations: (list ?? [summary]).map((diagnostic) => toViolation("request", diagnostic)),
  };
}
