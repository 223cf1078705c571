import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Bundle } from "@contact-groups/toolchain/model";
import { readControl, renderControl, renderControlTypes } from "./control.ts";
import { renderOperations } from "./operations.ts";
import { renderSeedSchema } from "./seed-schema.ts";

/** Reads the bundle that `@contact-groups/openapi` exports. */
export function readBundle(): Bundle {
  const path = createRequire(import.meta.url).resolve("@contact-groups/openapi/openapi.json");
  return JSON.parse(readFileSync(path, "utf8")) as Bundle;
}

/** Renders every file of `src/generated`, by file name. The same bundle always gives the same text. */
export async function render(bundle: Bundle): Promise<Readonly<Record<string, string>>> {
  const header = `// Made by "pnpm generate" from @contact-groups/openapi ${bundle.info.version}. Do not edit.\n\n`;
  const control = readControl(bundle);
  return {
    "control.ts": header + renderControl(control),
    "control-types.ts": header + (await renderControlTypes(control)),
    "operations.ts": header + renderOperations(bundle),
  };
}

/** Renders every file that is published as it is, by file name. */
export function renderPublished(bundle: Bundle): Readonly<Record<string, string>> {
  return { "seed.schema.json": renderSeedSchema(bundle) };
}
