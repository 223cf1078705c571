/** The responses that a test has planned, and which request gets which. */
import { show } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import { type ApiOperation, checkCode, operations } from "../operations.ts";
import { failure, type Plan } from "../response.ts";
import { createReaders, mostRepeats, type PlannedPage, startOf, toPages } from "./pages.ts";
import { InstructionError, type PlannedResponse, plan } from "./plan.ts";
import type { UnusedPlan } from "./unused.ts";
import { type MatchedRequest, matcherOf, type When } from "./when.ts";

/** Options of `plan`. */
export interface PlanOptions {
  /**
   * Which requests the responses are for. An object matches when each member that is listed matches; a list matches item by item, with the
   * same length. A function gets the query and the body, and cannot be sent to the control path.
   *
   * @default every request of the operation
   */
  readonly when?: When;
  /**
   * How often the list of responses is used: a positive integer of at most 1,000, or `always`, over and over until `reset`. When `always`
   * sends the same page 20 times in a row to the same reader, and it is not the last page, the next request for it fails with the reason,
   * so that a loop without progress ends.
   *
   * @default 1
   */
  readonly times?: number | "always";
}

const mostTimes = 1000;

/** The responses that a test has planned. */
export interface Script {
  /** Number of instructions so far. */
  readonly step: number;
  plan(operation: string, responses: PlannedResponse | readonly PlannedResponse[], options?: PlanOptions): void;
  /** Removes and returns the response for a request. */
  take(operation: ApiOperation, request: MatchedRequest): Plan | undefined;
  /** The plans that were not used, or not as often as they were planned for. */
  readonly unused: readonly UnusedPlan[];
  reset(): void;
}

/** One call of `plan`. */
interface Sequence {
  readonly operation: ApiOperation;
  readonly matches: (request: MatchedRequest) => boolean;
  readonly isEndless: boolean;
  /** The responses that are left, the next one first. An endless plan appends each to the end again. */
  left: readonly (PlannedPage & { readonly response: PlannedResponse })[];
  used: number;
  readonly readers: ReturnType<typeof createReaders>;
  readonly when: When | undefined;
}

export function createScript(): Script {
  let sequences: readonly Sequence[] = [];
  let step = 0;
  return {
    get step() {
      return step;
    },
    plan(name, responses, options) {
      sequences = [...sequences, toSequence(operationNamed(name), responses, options)];
      step += 1;
    },
    take(operation, request) {
      const own = sequences.filter((sequence) => sequence.operation === operation);
      const inOrder = [
        ...own.filter(({ isEndless }) => !isEndless),
        ...own.filter(({ isEndless }) => isEndless).toReversed(),
      ];
      for (const sequence of inOrder) {
        const found = sequence.matches(request) ? takeOf(sequence, request.body) : undefined;
        if (!found) continue;
        if (sequence.left.length === 0) sequences = sequences.filter((one) => one !== sequence);
        return found;
      }
      return undefined;
    },
    get unused() {
      return sequences
        .filter(({ isEndless, used }) => !isEndless || used === 0)
        .map(({ operation, left, used, when, isEndless }) => ({
          operation,
          when,
          used,
          planned: isEndless ? undefined : used + left.length,
          next: left[0],
        }));
    },
    reset() {
      sequences = [];
      step += 1;
    },
  };
}

/** Checks a call of `plan`. Throws an `InstructionError`. */
function toSequence(
  operation: ApiOperation,
  responses: PlannedResponse | readonly PlannedResponse[],
  options: PlanOptions = {},
): Sequence {
  for (const name of Object.keys(options)) {
    if (name === "when" || name === "times") continue;
    const meant = didYouMean(name, ["when", "times"]) ?? "when or times";
    throw new InstructionError(`/${name}`, `plan has no option ${JSON.stringify(name)}. Did you mean ${meant}?`);
  }
  const { when, times = 1 } = options;
  const isEndless = times === "always";
  if (!isEndless && !(Number.isInteger(times) && times >= 1 && times <= mostTimes))
    throw new InstructionError(
      "/times",
      `times must be an integer from 1 to ${mostTimes} or "always", but is ${show(times)}.`,
    );
  const isList = Array.isArray(responses);
  const list = isList ? (responses as readonly PlannedResponse[]) : [responses as PlannedResponse];
  if (list.length === 0)
    throw new InstructionError("/responses", "responses must have at least one response, such as { status: 502 }.");
  const plans = list.map((response, index) =>
    InstructionError.at(isList ? `/responses/${index}` : "/responses", () => plan(operation, response)),
  );
  const matches = matcherOf(operation, when);
  const pages = toPages(operation, plans, firstStart(operation, when)).map((page, index) => ({
    ...page,
    response: list[index] ?? {},
  }));
  return {
    operation,
    matches,
    isEndless,
    left: Array.from({ length: isEndless ? 1 : times }, () => pages).flat(),
    used: 0,
    readers: createReaders(operation),
    when,
  };
}

/** The start of the first page: 0, the one that `when` requires, or any when a function decides. */
function firstStart(operation: ApiOperation, when: When | undefined): number | undefined {
  return typeof when === "function" ? undefined : startOf(operation, when?.body);
}

/** Takes the first response that fits; only a page of another start is left for its own request. */
function takeOf(sequence: Sequence, body: unknown): Plan | undefined {
  const { operation, isEndless, left } = sequence;
  const start = startOf(operation, body);
  const index = left.findIndex((page) => page.start === undefined || page.start === start);
  const found = left[index];
  if (!found) return undefined;
  const [before, after] = [left.slice(0, index), left.slice(index + 1)];
  sequence.left = isEndless ? [...after, ...before, found] : [...before, ...after];
  sequence.used += 1;
  const { next } = found;
  const times = isEndless && next !== undefined ? sequence.readers.count(body) : 0;
  return times > mostRepeats && typeof next === "number" ? stuck(operation, start, next) : found.plan;
}

/** Ends a loop that requests the same page over and over. */
function stuck({ paging }: ApiOperation, start: number, next: number): Plan {
  const info =
    `The page with ${paging?.start} ${start} was requested more than ${mostRepeats} times in a row, so the pagination makes no progress. ` +
    `Send the ${paging?.next} of each page as the ${paging?.start} of the next request: after this page, ${next}`;
  const content = { body: failure({ code: checkCode("body"), info }), example: undefined };
  return { content, reset: false, truncate: undefined, delayMs: 0, headers: {} };
}

/** Finds an operation by its `operationId`, by the last part of its path, or by its path. Throws an `InstructionError` that lists the names. */
export function operationNamed(name: unknown): ApiOperation {
  const found = operations.find((operation) => namesOf(operation).some((known) => known === name));
  if (found) return found;
  const known = operations.flatMap(namesOf);
  const meant = typeof name === "string" ? didYouMean(name, known) : undefined;
  throw new InstructionError(
    "/operation",
    `The operation must be one of ${operations.map((operation) => namesOf(operation)[0]).join(", ")}, but is ${JSON.stringify(name) ?? "missing"}.` +
      (meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`),
  );
}

function namesOf({ operationId, path }: ApiOperation): [command: string, operationId: string, path: string] {
  return [path.slice(path.lastIndexOf("/") + 1), operationId, path];
}
