/** Why a call fails, and the error of the catalogue that its response has. */
import {
  errorCodes,
  errorMessages,
  type ErrorName,
  type KnownErrorCode,
  limits,
  requestChecks,
} from "@contact-groups/openapi/model";
import type { RuleText } from "./operation.ts";

/** A failure of a call, or of one of its conversations: the rule that decided, the error, and one sentence that says why. */
export interface CallFailure<Rule extends string = string> {
  readonly rule: Rule;
  readonly error: ErrorName;
  readonly why: string;
  /** The text of the error, where it is not the catalogue's because it names what is in force. */
  readonly text?: string;
}

/** Ends an operation from within, so that its transaction undoes what it wrote. */
export class CallError<Rule extends string = string> extends Error {
  readonly failure: CallFailure<Rule>;

  constructor(failure: CallFailure<Rule>) {
    super(failure.why);
    this.name = "CallError";
    this.failure = failure;
  }
}

/** Returns the text of a response: that of the error, the rule that decided, and why. */
export function explainFailure({ rule, error, why, text = errorNamed(error).message }: CallFailure): string {
  return `${sentence(text)} [${rule}] ${why}.`;
}

/** Returns a message of the catalogue with a full stop at its end. */
export function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

const names: ReadonlyMap<number, ErrorName> = new Map(
  Object.entries(errorCodes).map(([name, code]) => [code, name as ErrorName]),
);

/** Returns code and message of the error of this name. */
export function errorNamed(name: ErrorName): { readonly code: KnownErrorCode; readonly message: string } {
  const code = errorCodes[name];
  return { code, message: errorMessages[code] };
}

/** Returns the name of an error code; undefined when the catalogue does not have it. */
export function nameOfCode(code: number | undefined): ErrorName | undefined {
  return code === undefined ? undefined : names.get(code);
}

/** Returns the name of a code of the catalogue. */
export function nameOf(code: KnownErrorCode): ErrorName {
  return names.get(code)!;
}

/** Returns the error of a rule: its own, or that of its request check or its limit. */
export function errorOfRule({ error, check, limit }: RuleText): ErrorName | undefined {
  return error ?? (check ? requestChecks[check].name : limit && nameOf(limits[limit].error));
}
