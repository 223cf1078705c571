import manifest from "../package.json" with { type: "json" };
import { createPrism, type PrismParts } from "./create-prism.ts";

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
