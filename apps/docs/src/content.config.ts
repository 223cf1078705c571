import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import type { Loader } from "astro/loaders";
import { defineCollection } from "astro:content";

// From the folder of the configuration: at build time this module runs from elsewhere.
const benchmarks = resolve("../../BENCHMARKS.md");

/** The benchmarks, without the title, which the page has, and without links, which lead to programs of the repository. */
const benchmarksLoader: Loader = {
  name: "benchmarks",
  async load({ store, renderMarkdown }) {
    const body = readFileSync(benchmarks, "utf8")
      .replace(/^# .*\n/, "")
      .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1");
    store.clear();
    store.set({ id: "benchmarks", data: {}, body, rendered: await renderMarkdown(body) });
  },
};

export const collections: Record<string, unknown> = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  benchmarks: defineCollection({ loader: benchmarksLoader }),
};
