/** Builds the site into `dist`. The command of Astro does the same, but would report its use to its makers. */
import { fileURLToPath } from "node:url";
import { build } from "astro";

await build({ root: fileURLToPath(new URL("..", import.meta.url)) });
