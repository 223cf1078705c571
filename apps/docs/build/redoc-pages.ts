import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { languages } from "../src/locales.ts";
import { bundleName, bundleOf } from "../src/reference/bundle.ts";
import { modelOf, operations } from "../src/reference/model.ts";
import { releasePage, releases } from "../src/reference/releases.ts";
import { withSamples } from "../src/samples/samples.ts";
import { wordsOf } from "../src/words/words.ts";
import { buildRedoc, selfContained } from "./redoc.ts";

/** Adds the Redoc page of each language to the built site, at `reference/all/`, and one of each release, at `versions/VERSION/`. */
export function redocPages(): AstroIntegration {
  return {
    name: "redoc-pages",
    hooks: {
      "astro:build:done": ({ dir, logger }) => {
        for (const { path, lang } of languages) {
          const page = `${path === undefined ? "" : `${path}/`}reference/all/`;
          const up = "../".repeat(page.split("/").length - 1);
          const model = modelOf(lang);
          const { info } = model;
          const say = wordsOf(lang);
          write(
            dir,
            page,
            buildRedoc(withSamples(bundleOf(lang), model, operations(model)), {
              title: `${info.title} · ${say("reference")}`,
              description: info.summary,
              lang,
              back: { href: `${up}${path === undefined ? "" : `${path}/`}`, text: say("home") },
              downloads: (["yaml", "json"] as const).map((format) => ({
                title: format.toUpperCase(),
                url: `${up}downloads/${bundleName(lang, format)}`,
              })),
            }),
          );
          logger.info(`${page}index.html`);
        }
        const say = wordsOf("en");
        for (const { version, bundle } of releases) {
          const { title, summary } = bundle.info;
          write(
            dir,
            releasePage(version),
            buildRedoc(bundle, {
              title: `${title} ${version} · ${say("reference")}`,
              description: summary,
              lang: "en",
              back: { href: "../../changes/", text: say("changes") },
              downloads: [{ title: "JSON", url: "openapi.json" }],
            }),
          );
          logger.info(`${releasePage(version)}index.html`);
        }
      },
    },
  };
}

function write(dir: URL, page: string, html: string): void {
  const file = fileURLToPath(new URL(`${page}index.html`, dir));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, selfContained(html));
}
