import { join } from "node:path";
import { type BaseResolver, bundle, type Config, lintDocument, Source, stringifyYaml } from "@redocly/openapi-core";
import type { NormalizedProblem } from "@redocly/openapi-core";

/** A bundle in one language, with the text that `pnpm bundle` writes for it. */
export interface Bundled {
  readonly content: Readonly<Record<string, unknown>>;
  readonly yaml: string;
}

/** The order in which `redocly bundle` writes the top of a document. */
const order = [
  "openapi",
  "info",
  "jsonSchemaDialect",
  "servers",
  "security",
  "tags",
  "externalDocs",
  "paths",
  "webhooks",
  "x-webhooks",
  "components",
];

/** Bundles a description as `redocly bundle` does. */
export async function bundleFile(
  ref: string,
  config: Config,
  externalRefResolver: BaseResolver,
): Promise<{ readonly document: object; readonly problems: readonly NormalizedProblem[] }> {
  const { bundle: document, problems } = await bundle({ ref, config, externalRefResolver });
  return { document: document.parsed as object, problems };
}

/** Lints a bundle that is in no file yet, as if it were at `path`. */
export async function lintBundled(
  { content, yaml }: Bundled,
  path: string,
  config: Config,
  externalRefResolver: BaseResolver,
): Promise<readonly NormalizedProblem[]> {
  return lintDocument({ document: { source: new Source(path, yaml), parsed: content }, config, externalRefResolver });
}

/** A bundled document with its keys in order, and its text. */
export function toBundled(document: object): Bundled {
  const entries = Object.entries(document);
  const known = order.flatMap((key) => entries.filter(([name]) => name === key));
  const content = Object.fromEntries([...known, ...entries.filter(([name]) => !order.includes(name))]);
  return { content, yaml: stringifyYaml(content, { noRefs: true, lineWidth: -1 }) };
}

/** The files that a bundle in one language becomes in a folder, by absolute path. `suffix` is empty or `.` and the language. */
export function distFiles({ content, yaml }: Bundled, folder: string, suffix = ""): Readonly<Record<string, string>> {
  return {
    [join(folder, `openapi${suffix}.yaml`)]: yaml,
    [join(folder, `openapi${suffix}.json`)]: toJson(content),
    [join(folder, `errors${suffix}.json`)]: toJson(content["x-errors"]),
  };
}

function toJson(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
