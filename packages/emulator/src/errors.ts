import { errorCodes, errorMessages, type ErrorName, type KnownErrorCode } from "@contact-groups/openapi/model";

const names: ReadonlyMap<number, ErrorName> = new Map(
  Object.entries(errorCodes).map(([name, code]) => [code, name as ErrorName]),
);

/** An error of the catalogue. */
export interface CataloguedError {
  readonly code: KnownErrorCode;
  readonly message: string;
}

/** The error of this name. */
export function errorNamed(name: ErrorName): CataloguedError {
  const code = errorCodes[name];
  return { code, message: errorMessages[code] };
}

/** Name of a code that the description gives to a limit or a keyword; undefined when the catalogue does not have it. */
export function nameOfCode(code: number | undefined): ErrorName | undefined {
  return code === undefined ? undefined : names.get(code);
}

/** Name of a code of the catalogue. */
export function nameOf(code: KnownErrorCode): ErrorName {
  return names.get(code)!;
}
