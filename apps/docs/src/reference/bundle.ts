import english from "@contact-groups/openapi/openapi.json" with { type: "json" };
import japanese from "@contact-groups/openapi/openapi.ja.json" with { type: "json" };
import chinese from "@contact-groups/openapi/openapi.zh-CN.json" with { type: "json" };
import type { Lang } from "../locales.ts";

/** The description as one document, as far as a program that hands it on looks into it. */
export interface Bundle {
  readonly info: { readonly title: string; readonly version: string; readonly summary: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

const bundles: Readonly<Record<Lang, unknown>> = { en: english, "zh-CN": chinese, ja: japanese };

/** The bundle in a language, for programs that read OpenAPI themselves. Pages are made from the model. */
export function bundleOf(lang: Lang): Bundle {
  return bundles[lang] as Bundle;
}
