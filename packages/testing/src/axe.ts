import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const script = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Runs axe on a page as it is, and returns the violations of WCAG 2.2 AA. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  return page.evaluate(
    async (given) => {
      const global = globalThis as never as { axe?: Axe };
      // The policy of the page blocks an added script element, but not what the test evaluates.
      if (!global.axe) new Function(given.script)();
      const { violations } = await global.axe!.run({ runOnly: { type: "tag", values: given.values } });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    },
    { script, values },
  );
}

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
