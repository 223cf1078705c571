import { show } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { ErrorEntry } from "@contact-groups/openapi/model";
import { fieldViolations } from "../field-violations.ts";
import { catalogue, type ApiOperation } from "../operations.ts";
import { type Content, failure, type Plan } from "../response.ts";

const ways = ["error", "example", "body", "status", "reset"] as const;
const modifiers = ["unchecked", "truncate", "delayMs", "headers"] as const;
const longestDelayMs = 600_000;

/** Checks a planned response and looks up what it names. Throws an `InstructionError` with the pointer and the valid values. */
export function plan(operation: ApiOperation, response: PlannedResponse): Plan {
  if (typeof response !== "object" || response === null || Array.isArray(response))
    throw new InstructionError("", `A response must be an object such as { status: 502 }, but is ${show(response)}.`);
  for (const name of Object.keys(response)) {
    const known: readonly string[] = [...ways, ...modifiers];
    if (known.includes(name)) continue;
    const meant = didYouMean(name, known);
    const hint = meant === undefined ? `The properties are ${known.join(", ")}.` : `Did you mean ${meant}?`;
    throw new InstructionError(`/${name}`, `A response has no property ${JSON.stringify(name)}. ${hint}`);
  }
  const chosen = ways.filter((way) => response[way] !== undefined);
  const [way] = chosen;
  if (chosen.length > 1)
    throw new InstructionError(
      `/${chosen[1]}`,
      `A response must have at most one of ${ways.join(", ")}, but has ${chosen.join(" and ")}.`,
    );
  const { truncate, delayMs = 0, unchecked, headers = {} } = response;
  if (unchecked !== undefined && way !== "body")
    throw new InstructionError("/unchecked", "unchecked requires a body: { body, unchecked: true }.");
  if (truncate !== undefined && (way === "status" || way === "reset"))
    throw new InstructionError("/truncate", `truncate cuts JSON off, so it can't be combined with ${way}.`);
  if (response.reset !== undefined && response.reset !== true)
    throw new InstructionError("/reset", `reset must be true, but is ${show(response.reset)}.`);
  if (truncate !== undefined && truncate !== true) whole("truncate", truncate, 0, 2 ** 31 - 1, " or true");
  whole("delayMs", delayMs, 0, longestDelayMs);
  return {
    content: way && content(operation, response, way),
    reset: way === "reset",
    truncate,
    delayMs,
    headers: headersOf(headers),
  };
}

function content(operation: ApiOperation, response: PlannedResponse, way: (typeof ways)[number]): Content | undefined {
  switch (way) {
    case "error":
      return catalogued(response.error ?? "");
    case "example":
      return example(operation, response.example ?? "");
    case "body":
      if (response.unchecked !== true) checkPlannedBody(operation, response.body);
      return { body: structuredClone(response.body), example: undefined };
    case "status":
      whole("status", response.status, 400, 599);
      return { status: response.status ?? 0 };
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

function example(operation: ApiOperation, name: string): Content {
  if (Object.hasOwn(operation.successes, name)) return { body: operation.successes[name], example: name };
  const entry = catalogue.find((one) => one.name === name);
  if (entry) return failed(entry);
  throw new InstructionError(
    "/example",
    `No example of ${operation.operationId} is called ${JSON.stringify(name)}. The examples are ${Object.keys(operation.successes).join(", ")}, and every name of the error catalogue`,
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

/** Returns header fields with their values as HTTP sends them: as text, without white space around it. */
function headersOf(headers: unknown): Readonly<Record<string, string>> {
  const invalid = 'headers must have valid header names and values, such as { "Retry-After": "5" }.';
  if (typeof headers !== "object" || headers === null || Array.isArray(headers))
    throw new InstructionError("/headers", invalid);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      // Next to the length that the server sends, it makes a message that no client reads.
      if (name.toLowerCase() === "transfer-encoding")
        throw new InstructionError("/headers", `headers must not have ${name}, as the server sends a Content-Length.`);
      try {
        return [name, new Headers([[name, String(value)]]).get(name) ?? ""];
      } catch {
        throw new InstructionError("/headers", invalid);
      }
    }),
  );
}

/** A response that a test plans. It has at most one of `error`, `example`, `body`, `status` and `reset`; without one, the request decides. */
export interface PlannedResponse {
  /** An entry of the error catalogue, by code or name: `error: 51007`, `error: "ChatGroupUnavailable"`. */
  readonly error?: number | string;
  /** An example of the operation, or any entry of the error catalogue by name: `"FirstOfTwoPages"`. */
  readonly example?: string;
  /** A body of your own. It must match the operation's response schema, unless `unchecked` is true. */
  readonly body?: unknown;
  /**
   * Allows a `body` that breaks the response schema, to test responses that the service does not send.
   *
   * @default false
   */
  readonly unchecked?: boolean;
  /** An HTTP status from 400 to 599 with an HTML page, as a proxy sends. */
  readonly status?: number;
  /** Breaks the connection before the first byte of the response. */
  readonly reset?: true;
  /** Cuts the JSON off after this many bytes, with `true` after half of them. The HTTP response itself is complete. */
  readonly truncate?: number | true;
  /**
   * Delay of the response in milliseconds, at most 600,000.
   *
   * @default 0
   */
  readonly delayMs?: number;
  /**
   * Further headers of the response, such as `Retry-After`.
   *
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Thrown for an invalid argument of `plan`, `session`, `judge`, `violations` or `assertValid`.
 *
 * @example
 * ```ts
 * try {
 *   api.plan("get_contact_group", { example: "Onlypage" });
 * } catch (error) {
 *   if (error instanceof InstructionError) console.log(error.pointer, error.message);
 * }
 * ```
 */
export class InstructionError extends TypeError {
  /** JSON pointer into the arguments: `/operation`, `/responses/0/error`, `/when/body/StartIndex`, `/ignore`. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = "InstructionError";
    this.pointer = pointer;
  }

  /** Runs a check of a part, and prefixes its pointer. */
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
export function checkPlannedBody(operation: ApiOperation, body: unknown): void {
  const [first, ...others] = fieldViolations(operation.response, body, true);
  if (!first) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new InstructionError(
    `/body${first.pointer}`,
    `The body does not match the response schema of ${operation.operationId}: ${first.message}${more}. ` +
      "Correct it, or set { body, unchecked: true } to send it anyway.",
  );
}
