import { show } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { ErrorEntry } from "@contact-groups/openapi/model";
import { failure } from "../envelope.ts";
import { catalogue, type Operation } from "../operations.ts";
import type { NextAnswer } from "./answer.ts";
import { InstructionError } from "./instruction-error.ts";
import { checkResponse } from "./check-response.ts";

/** A checked instruction. */
export interface Plan {
  /** What is answered; undefined when the request decides. */
  readonly content: Content | undefined;
  readonly reset: boolean;
  readonly truncate: number | true | undefined;
  readonly delayMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A body of the service's, with the name that the description has for it, or an HTTP status without one. */
export type Content = { readonly body: unknown; readonly example: string | undefined } | { readonly status: number };

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
