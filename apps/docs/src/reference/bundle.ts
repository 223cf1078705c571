import chinese from "@contact-groups/openapi/openapi.zh-CN.json" with { type: "json" };
import english from "@contact-groups/openapi/openapi.json" with { type: "json" };
import japanese from "@contact-groups/openapi/openapi.ja.json" with { type: "json" };
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Lang, languages } from "../locales.ts";
import { repository } from "../repository.ts";

/** The description as one document, as far as a program that hands it on looks into it. */
export interface Bundle {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary: string;
    readonly description: string;
  };
  readonly servers: readonly object[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

const bundles: Readonly<Record<Lang, unknown>> = { en: english, "zh-CN": chinese, ja: japanese };

/** The bundle in a language, for programs that read OpenAPI themselves. Pages are made from the model. */
export function bundleOf(lang: Lang): Bundle {
  return bundles[lang] as Bundle;
}

/** How the description can be downloaded. */
export type Format = "yaml" | "json";

const require = createRequire(join(repository, "apps/docs/package.json"));

/** Name of the bundle's file in a language. */
export function bundleName(lang: Lang, format: Format): string {
  return lang === "en" ? `openapi.${format}` : `openapi.${lang}.${format}`;
}

/** Path of the bundle's file in a language. */
export function bundleFile(lang: Lang, format: Format): string {
  return require.resolve(`@contact-groups/openapi/${bundleName(lang, format)}`);
}

/** Every file that the site offers. */
export const downloads: readonly { readonly lang: Lang; readonly label: string; readonly format: Format }[] =
  languages.flatMap(({ lang, label }) => (["yaml", "json"] as const).map((format) => ({ lang, label, format })));
