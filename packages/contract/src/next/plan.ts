import { show } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { ErrorEntry } from "@contact-groups/openapi/model";
import { explain } from "../field-violations.ts";
import { catalogue, type Operation } from "../operations.ts";
import { type Content, failure, type Plan } from "../response.ts";

const ways = ["error", "example", "body", "status", "reset"] as const;
const modifiers = ["unchecked", "truncate", "delayMs", "headers"] as const;
const longestDelayMs = 600_000;

/** Checks an instruction and looks up what it names. Throws an `InstructionError` that says where it is wrong and what is possible. */
export function plan(operation: Operation, answer: NextAnswer): Plan {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer))
    throw new InstructionError("", `An answer must be an object such as { status: 502 }, but is ${show(answer)}.`);
  for (const name of Object.keys(answer)) {
    const known: readonly string[] = [...ways, ...modifiers];
    if (known.includes(name)) continue;
    const meant = didYouMean(name, known);
    const hint = meant === undefined ? `It has ${known.join(", ")}.` : `Did you mean ${meant}?`;
    throw new InstructionError(`/${name}`, `An answer has no ${JSON.stringify(name)}. ${hint}`);
  }
  const chosen = ways.filter((way) => answer[way] !== undefined);
  const [way] = chosen;
  if (chosen.length > 1)
    throw new InstructionError(
      `/${chosen[1]}`,
      `An answer has one of ${ways.join(", ")}, but this one has ${chosen.join(" and ")}.`,
    );
  const { truncate, delayMs = 0, unchecked, headers = {} } = answer;
  if (unchecked !== undefined && way !== "body")
    throw new InstructionError("/unchecked", "unchecked belongs to body: { body, unchecked: true }.");
  if (truncate !== undefined && (way === "status" || way === "reset"))
    throw new InstructionError("/truncate", `truncate cuts JSON off, so it can't be combined with ${way}.`);
  if (answer.reset !== undefined && answer.reset !== true)
    throw new InstructionError("/reset", `reset must be true, but is ${show(answer.reset)}.`);
  if (truncate !== undefined && truncate !== true) whole("truncate", truncate, 0, 2 ** 31 - 1, " or true");
  whole("delayMs", delayMs, 0, longestDelayMs);
  checkHeaders(headers);
  return { content: way && content(operation, answer, way), reset: way === "reset", truncate, delayMs, headers };
}

function content(operation: Operation, answer: NextAnswer, way: (typeof ways)[number]): Content | undefined {
  switch (way) {
    case "error":
      return catalogued(answer.error ?? "");
    case "example":
      return example(operation, answer.example ?? "");
    case "body":
      if (answer.unchecked !== true) checkResponse(operation, answer.body);
      return { body: structuredClone(answer.body), example: undefined };
    case "status":
      whole("status", answer.status, 400, 599);
      return { status: answer.status ?? 0 };
    case "reset":
      return undefined;
  }
}

function catalogued(error: number | string): Content {
  const entry = catalogue.find(({ code, name }) => code === error || name === error || String(code) === error);
  if (entry) return failed(entry);
  const meant =
    typeof error === "string"
      ? didYouMean(
          error,
          catalogue.map(({ name }) => name),
        )
      : undefined;
  throw new InstructionError(
    "/error",
    `error must be a code or a name of the error catalogue, but is ${show(error)}. ` +
      (meant === undefined ? "For a code that is not in it, give the whole body: { body }." : `Did you mean ${meant}?`),
  );
}

function example(operation: Operation, name: string): Content {
  if (Object.hasOwn(operation.successes, name)) return { body: operation.successes[name], example: name };
  const entry = catalogue.find((one) => one.name === name);
  if (entry) return failed(entry);
  throw new InstructionError(
    "/example",
    `No example of ${operation.operationId} is called ${JSON.stringify(name)}. It has ${Object.keys(operation.successes).join(", ")}, and every name of the error catalogue`,
  );
}

function failed({ code, message, name }: ErrorEntry): Content {
  return { body: failure({ code, info: message }), example: name };
}

function whole(name: string, value: unknown, least: number, most: number, or = ""): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return;
  throw new InstructionError(
    `/${name}`,
    `${name} must be an integer from ${least} to ${most}${or}, but is ${show(value)}.`,
  );
}

function checkHeaders(headers: unknown): void {
  try {
    void new Headers(headers as Record<string, string>);
  } catch {
    throw new InstructionError("/headers", "headers must be an object of header names and their texts.");
  }
}

/** What a test tells a contract server to answer. One of `error`, `example`, `body`, `status` and `reset`, or none: then the request decides. */
export interface NextAnswer {
  /** An entry of the error catalogue, by its code or its name: `error: 51007`, `error: "ChatGroupUnavailable"`. */
  readonly error?: number | string;
  /** An example of the operation, or the name of any entry of the error catalogue: `"FirstOfTwoPages"`. */
  readonly example?: string;
  /** A body of your own. It must match the operation's response schema, unless `unchecked` is true. */
  readonly body?: unknown;
  /** Whether `body` may break the response schema, to see how the code under test takes an answer that the service does not give. */
  readonly unchecked?: boolean;
  /** An HTTP status from 400 to 599 with a page of HTML, as a proxy answers. */
  readonly status?: number;
  /** Breaks the connection before the first byte of an answer. */
  readonly reset?: true;
  /** Cuts the JSON off after this many bytes, after half of them with `true`. The HTTP answer itself is whole. */
  readonly truncate?: number | true;
  /** Time to wait before the answer, in milliseconds, up to 600,000. */
  readonly delayMs?: number;
  /** Headers of the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An instruction that can't be followed. */
export class InstructionError extends TypeError {
  /** JSON pointer in what was given to `next` or `always`: `/operation`, `/answers/0/error`, `/answer/body/ErrorCode`. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = "InstructionError";
    this.pointer = pointer;
  }

  /** Runs a check of a part, and names its place in the whole. */
  static at<Result>(pointer: string, check: () => Result): Result {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InstructionError)) throw error;
      throw new InstructionError(pointer + error.pointer, error.message);
    }
  }
}

/** Checks a body against the response schema of the operation. Throws an `InstructionError` that names the first broken rule. */
export function checkResponse(operation: Operation, body: unknown): void {
  const [first, ...others] = explain(operation.response, body, true);
  if (!first) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new InstructionError(
    `/body${first.pointer}`,
    `The body does not match the response schema of ${operation.operationId}: ${first.text}${more}. ` +
      "Correct it, or say { body, unchecked: true } to answer it all the same.",
  );
}
