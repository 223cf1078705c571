/** Makes `dist` from the description: the bundle as YAML and JSON and the error catalogue on its own, all in each language. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { appliedActions, applyOverlay } from "./overlay.ts";
import { file, redocly } from "./redocly.ts";
import { checkTranslation } from "./translation.ts";

redocly("bundle", "openapi.yaml", "--output", "dist/openapi.yaml");
const source = writeJson("");
const untranslated = (readYaml("untranslated.yaml") as { texts: string[] }[]).flatMap(({ texts }) => texts);

for (const overlay of readdirSync(file("overlays")).filter((name) => name.endsWith(".yaml"))) {
  const language = overlay.replace(".yaml", "");
  applyOverlay(`overlays/${overlay}`, `dist/openapi.${language}.yaml`);
  const applied = appliedActions(file(`overlays/${overlay}`));
  const { texts, done, problems } = checkTranslation({
    source,
    translated: writeJson(`.${language}`),
    applied,
    untranslated,
  });

  console.log(`${language} ${done} of ${texts} texts (${Math.floor((100 * done) / texts)} %)`);
  if (problems.length === 0) continue;
  console.error(problems.map((problem) => `overlays/${overlay}: ${problem}`).join("\n"));
  process.exitCode = 1;
}

/** Writes the JSON files of one language beside its YAML file. */
function writeJson(suffix: string): Record<string, unknown> {
  const bundle = readYaml(`dist/openapi${suffix}.yaml`) as Record<string, unknown>;
  for (const [name, content] of Object.entries({ openapi: bundle, errors: bundle["x-errors"] })) {
    writeFileSync(file(`dist/${name}${suffix}.json`), `${JSON.stringify(content, null, 2)}\n`);
  }
  return bundle;
}

function readYaml(path: string): unknown {
  return parse(readFileSync(file(path), "utf8"));
}
