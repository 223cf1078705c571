import { basename, join } from "node:path";
import { Config, lintConfig, loadConfig } from "@redocly/openapi-core";
import type { Moment } from "./memory.ts";
import { type Problem, placeText, type Show, toProblems } from "./problem.ts";

/** The id of the toolchain's `rules/plugin.ts`. */
const plugin = "contact-groups";

/**
 * Loads `redocly.yaml` and the rules that it names, or says what is wrong with it.
 *
 * @param overlays Paths of the overlays, which each have an entry of `apis`.
 */
export async function configuration(
  path: string,
  overlays: readonly string[],
  moment: Moment,
  show: Show,
): Promise<{ config: Config } | { problems: Problem[] }> {
  const document = await moment.own().resolveDocument(null, path, true);
  if (document instanceof Error) throw document;
  const place = (pointer: string): string => placeText({ source: document.source, pointer, reportOnKey: true }, show);
  const ofForm = await lintConfig({ config: new Config({}, { configPath: path, document }) });
  if (ofForm.length > 0) return { problems: await toProblems(ofForm, show) };

  let config: Config;
  try {
    config = await loadConfig({ configPath: path, externalRefResolver: moment.own() });
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
