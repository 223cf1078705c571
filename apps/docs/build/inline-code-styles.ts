import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Puts the styles of code into the pages. In a file of their own, which Expressive Code links before the first block, they hold back all that follows by a
 * round trip. It can put them there itself, but not into a page of MDX.
 */
export function inlineCodeStyles(): AstroIntegration {
  return {
    name: "inline-code-styles",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const root = fileURLToPath(dir);
        const styles = (name: string): string => `<style>${readFileSync(`${root}_astro/${name}`, "utf8")}</style>`;
        for (const file of globSync("**/*.html", { cwd: root })) {
          const page = readFileSync(root + file, "utf8");
          const link = /<link rel="stylesheet" href="[^"]*\/_astro\/(ec\.[^"]+\.css)"\s*\/?>/g;
          writeFileSync(
            root + file,
            page.replace(link, (_, name: string) => styles(name)),
          );
        }
      },
    },
  };
}
