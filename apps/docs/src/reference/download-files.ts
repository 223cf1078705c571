import { createRequire } from "node:module";
import { join } from "node:path";
import { languages, type Lang } from "../locales.ts";
import { repository } from "../repository.ts";

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
