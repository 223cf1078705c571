/**
 * Checks the types of the `.astro` files, which `tsc` does not read, in the site's folder or in the one that is given. The command `astro check` does the
 * same, but reports its use to its makers; `astro-check` of this version drops its options.
 */
import { fileURLToPath } from "node:url";
import { check } from "@astrojs/check";

const [root = fileURLToPath(new URL("..", import.meta.url))] = process.argv.slice(2);
const failed = await check({ root, tsconfig: "tsconfig.astro.json" });
process.exitCode = failed ? 1 : 0;
