/**
 * Makes `src/generated` and the published `seed.schema.json` of the bundle, `control.openapi.yaml` and the files of `src/operations`. Git has none of
 * them.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { report } from "@contact-groups/toolchain/bundle/report";
import { writeWhole } from "@contact-groups/toolchain/bundle/write-whole";
import { controlProblems } from "./control-problems.ts";
import { operationProblems } from "./operations.ts";
import { readBundle, render, renderPublished } from "./render.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

function write(prefix: string, files: Readonly<Record<string, string>>): void {
  writeWhole(Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, prefix, name), text])));
}

await report("packages/emulator/generate", async () => {
  const bundle = readBundle();
  // The description of the control API refers to it.
  write("", renderPublished(bundle));
  const problems = [...(await controlProblems(bundle)), ...operationProblems(bundle)];
  if (problems.length > 0) return problems;
  write("src/generated", await render(bundle));
  return [];
});
