/** Builds the site into `dist`, or into the folder that is given. Prints warnings and errors only. */
import { fileURLToPath } from "node:url";
import { build } from "astro";

const [outDir] = process.argv.slice(2);
await build({
  root: fileURLToPath(new URL("..", import.meta.url)),
  logLevel: "warn",
  ...(outDir !== undefined && { outDir }),
});
