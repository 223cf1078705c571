import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** The Redocly CLI as a file that Node runs. */
export const cli: string = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

/** The path of a file of the description, such as `dist/openapi.json`. */
export function file(path: string): string {
  return fileURLToPath(new URL(path, new URL("..", import.meta.url)));
}
