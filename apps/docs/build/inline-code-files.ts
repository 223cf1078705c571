import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Puts the styles and the script of blocks of code into the pages. In files of their own, which Expressive Code links before the first block, they hold back
 * all that follows by a round trip. It can put them there itself, but not into a page of MDX.
 */
export function inlineCodeFiles(): AstroIntegration {
  return {
    name: "inline-code-files",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const root = fileURLToPath(dir);
        const code = (name: string): string => readFileSync(`${root}_astro/${name}`, "utf8");
        for (const file of globSync("**/*.html", { cwd: root })) {
          const page = readFileSync(root + file, "utf8")
            .replace(
              /<link rel="stylesheet" href="[^"]*\/_astro\/(ec\.[^"]+\.css)"\s*\/?>/g,
              (_, name: string) => `<style>${code(name)}</style>`,
            )
            .replace(
              /<script type="module" src="[^"]*\/_astro\/(ec\.[^"]+\.js)"><\/script>/g,
              (_, name: string) => `<script type="module">${code(name)}</script>`,
            );
          writeFileSync(root + file, page);
        }
      },
    },
  };
}
