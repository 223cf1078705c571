import { type Config, detectSpec, lint, type NormalizedProblem } from "@redocly/openapi-core";
import type { Moment } from "./memory.ts";

/** The rules that say whether a document has its form. Every other rule, and every program that reads the document, relies on it. */
const form = new Set([
  "struct",
  "no-unresolved-refs",
  "contact-groups/reference-names-file",
  "contact-groups/reference-siblings",
  "contact-groups/valid-pattern",
]);

/** What a document says of its kind in its first line. */
const kinds = { oas3_1: "openapi: 3.1.1", overlay1: "overlay: 1.0.0" } as const;

/** A document to lint: its absolute path, its kind, and its key of `apis` in `redocly.yaml`. */
export interface Linted {
  readonly path: string;
  readonly kind: keyof typeof kinds;
  readonly alias: string;
}

/**
 * Lints a document: its form first, and what it says only where that is right, so that no rule meets a value that it does not expect and one mistake is
 * reported once.
 */
export async function lintFile(
  { path, kind, alias }: Linted,
  config: Config,
  moment: Moment,
): Promise<readonly NormalizedProblem[]> {
  if (kindOf(moment.parse(path)) !== kind) {
    const message = `This is not a document of its kind. Begin it with \`${kinds[kind]}\`.`;
    const location = [{ source: moment.read(path), pointer: `#/${kinds[kind].split(":")[0]}` }];
    return [{ message, location, ruleId: "spec", severity: "error", suggest: [] }];
  }
  const ofForm = config.forAlias(alias);
  ofForm.skipRules(Object.keys(ofForm.rules[kind]).filter((rule) => !form.has(rule)));
  const found = await lint({ ref: path, config: ofForm, externalRefResolver: moment.shared() });
  if (found.length > 0) return found;
  return lint({ ref: path, config: config.forAlias(alias), externalRefResolver: moment.shared() });
}

function kindOf(document: unknown): string | undefined {
  try {
    return detectSpec(document);
  } catch {
    return undefined;
  }
}
