import { explain } from "./gate/explain.ts";
import { fields } from "./generated/control-checks.ts";
import type { Validate } from "./generated/validators.js";

/** That a document, such as a seed or a fault, has a wrong value. The message names its place. */
export class DocumentError extends TypeError {
  /** JSON pointer of the wrong value; empty for the whole document. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = "DocumentError";
    this.pointer = pointer;
  }

  /** `what` goes on where the pointer ends: `must be a string`. */
  static at(pointer: string, what: string): DocumentError {
    return new DocumentError(pointer, `${pointer || "The document"} ${what}.`);
  }
}

/** Throws a `DocumentError` for the first value that the schema does not allow. */
export function checkDocument(value: unknown, validate: Validate): void {
  if (validate(value)) return;
  const [problem] = validate.errors ?? [];
  if (!problem) throw DocumentError.at("", "is not valid");
  const { instancePath, params } = problem;
  const field = params["missingProperty"] ?? params["additionalProperty"] ?? params["unevaluatedProperty"];
  const pointer = field === undefined ? instancePath : `${instancePath}/${escape(String(field))}`;
  const known = fields.get(validate)?.[problem.schemaPath];
  const hint = known && known.length > 0 ? ` It can have ${known.join(", ")}.` : "";
  throw new DocumentError(pointer, `${explain(problem, value, "The document")}.${hint}`);
}

function escape(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
