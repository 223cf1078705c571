import { basename, join } from "node:path";
import {
  type BaseResolver,
  bundle,
  Config,
  detectSpec,
  lint,
  lintConfig,
  lintDocument,
  loadConfig,
  type NormalizedProblem,
  Source,
  stringifyYaml,
} from "@redocly/openapi-core";
import { placeText, type ProblemLine, type Show, toProblems } from "./problem.ts";
import type { SourceSnapshot } from "./sources.ts";

/** The id of the toolchain's `rules/plugin.ts`. */
const plugin = "contact-groups";

/**
 * Loads `redocly.yaml` and its rules, or returns its problems.
 *
 * @param overlays Paths of the overlays, which each have an entry of `apis`.
 */
export async function configuration(
  path: string,
  overlays: readonly string[],
  snapshot: SourceSnapshot,
  show: Show,
): Promise<{ config: Config } | { problems: ProblemLine[] }> {
  const document = await snapshot.own().resolveDocument(null, path, true);
  if (document instanceof Error) throw document;
  const place = (pointer: string): string => placeText({ source: document.source, pointer, reportOnKey: true }, show);
  const ofForm = await lintConfig({ config: new Config({}, { configPath: path, document }) });
  if (ofForm.length > 0) return { problems: await toProblems(ofForm, show) };

  let config: Config;
  try {
    config = await loadConfig({ configPath: path, externalRefResolver: snapshot.own() });
  } catch (error) {
    const [said = ""] = (error as Error).message.split("\n");
    return { problems: [`${show(path)}:1:1 ${said} Compare the file with the configuration reference of Redocly.`] };
  }
  if (!config.plugins.some(({ id }) => id === plugin)) {
    return {
      problems: [
        `${place("#/plugins")} The rules of this description are not loaded. List \`@contact-groups/toolchain/rules/plugin\` in \`plugins\`.`,
      ],
    };
  }
  const roots: Readonly<Record<string, string>> = {
    description: "openapi.yaml",
    bundle: "dist/openapi.yaml",
    ...Object.fromEntries(overlays.map((overlay) => [basename(overlay, ".yaml"), `overlays/${basename(overlay)}`])),
  };
  const missing = Object.entries(roots).filter(([alias]) => config.forAlias(alias) === config);
  if (missing.length === 0) return { config };
  return {
    problems: missing.map(
      ([alias, root]) => `${place("#/apis")} \`apis\` has no \`${alias}\`. Add it, with \`root: ${join(".", root)}\`.`,
    ),
  };
}

/** The rules for the structure of a document. Every other rule, and every program that reads the document, relies on it. */
const form = new Set([
  "struct",
  "no-unresolved-refs",
  "contact-groups/reference-names-file",
  "contact-groups/reference-siblings",
  "contact-groups/valid-pattern",
]);

/** The first line of each kind of document. */
const kinds = { oas3_1: "openapi: 3.1.1", overlay1: "overlay: 1.0.0" } as const;

/** A document to lint: its absolute path, its kind, and its key of `apis` in `redocly.yaml`. */
export interface LintTarget {
  readonly path: string;
  readonly kind: keyof typeof kinds;
  readonly alias: string;
}

/**
 * Lints a document: first its structure, and its content only if that is valid, so that no rule gets a value that it does not expect, and one mistake is
 * reported once.
 */
export async function lintFile(
  { path, kind, alias }: LintTarget,
  config: Config,
  snapshot: SourceSnapshot,
): Promise<readonly NormalizedProblem[]> {
  if (kindOf(snapshot.parse(path)) !== kind) {
    const message = `This is not a document of the expected kind. Start it with \`${kinds[kind]}\`.`;
    const location = [{ source: snapshot.read(path), pointer: `#/${kinds[kind].split(":")[0]}` }];
    return [{ message, location, ruleId: "spec", severity: "error", suggest: [] }];
  }
  const ofForm = config.forAlias(alias);
  ofForm.skipRules(Object.keys(ofForm.rules[kind]).filter((rule) => !form.has(rule)));
  const found = await lint({ ref: path, config: ofForm, externalRefResolver: snapshot.shared() });
  if (found.length > 0) return found;
  return lint({ ref: path, config: config.forAlias(alias), externalRefResolver: snapshot.shared() });
}

function kindOf(document: unknown): string | undefined {
  try {
    return detectSpec(document);
  } catch {
    return undefined;
  }
}

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

/** Returns a bundled document with its keys in order, and its text. */
export function toBundled(document: object): Bundled {
  const entries = Object.entries(document);
  const known = order.flatMap((key) => entries.filter(([name]) => name === key));
  const content = Object.fromEntries([...known, ...entries.filter(([name]) => !order.includes(name))]);
  return { content, yaml: stringifyYaml(content, { noRefs: true, lineWidth: -1 }) };
}

/** Returns the files that a bundle in one language becomes in a folder, by absolute path. `suffix` is empty or `.` and the language. */
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
