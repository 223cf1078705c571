/** Builds the site into `dist`, or into the folder that is given. The command of Astro does the same, but would report its use to its makers. */
import { fileURLToPath } from "node:url";
import { build } from "astro";

const [outDir] = process.argv.slice(2);
await build({ root: fileURLToPath(new URL("..", import.meta.url)), ...(outDir !== undefined && { outDir }) });
