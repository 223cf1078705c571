import { join } from "node:path";
import { readControl, renderControl, renderControlTypes } from "./control.ts";
import { controlProblems } from "./control-problems.ts";
import type { Described } from "./described.ts";
import { operationProblems, renderOperations } from "./operations.ts";
import { renderSeedSchema } from "./seed-schema.ts";

/** The generated files by their paths in the emulator's folder, or the problems for which there are none. */
export interface EmulatorFiles {
  readonly problems: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Makes every generated file of the emulator: its sources in `src/generated`, and `seed.schema.json`, which it publishes. The same model always gives
 * the same text.
 *
 * @param folder the emulator's package
 */
export async function emulatorFiles(described: Described, folder: string): Promise<EmulatorFiles> {
  const problems = [...(await controlProblems(described, folder)), ...operationProblems(described, folder)];
  if (problems.length > 0) return { problems, files: {} };
  const header = `// Made by "pnpm generate" from @contact-groups/openapi ${described.descriptionVersion}. Do not edit.\n\n`;
  const control = readControl(described, folder);
  const sources = {
    "control.ts": header + renderControl(control),
    "control-types.ts": header + (await renderControlTypes(control)),
    "operations.ts": header + renderOperations(described),
  };
  return {
    problems,
    files: {
      "seed.schema.json": renderSeedSchema(described),
      ...Object.fromEntries(Object.entries(sources).map(([name, text]) => [join("src/generated", name), text])),
    },
  };
}
