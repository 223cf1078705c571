import { readFileSync } from "node:fs";
import { join } from "node:path";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import type { Loader } from "astro/loaders";
import { defineCollection } from "astro:content";
import { repository } from "./repository.ts";

/** The benchmarks, without the title, which the page has, and without links, which lead to programs of the repository. */
const benchmarksLoader: Loader = {
  name: "benchmarks",
  async load({ store, renderMarkdown }) {
    const body = readFileSync(join(repository, "BENCHMARKS.md"), "utf8")
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
