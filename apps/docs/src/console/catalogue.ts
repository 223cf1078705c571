import type { ErrorEntry } from "@contact-groups/openapi/model";
import type { Lang } from "../locales.ts";

/** The error catalogue by code. */
export type Catalogue = ReadonlyMap<number, ErrorEntry>;

const catalogues: Readonly<Record<Lang, () => Promise<Readonly<Record<string, ErrorEntry>>>>> = {
  en: async () => (await import("@contact-groups/openapi/model")).errors,
  "zh-CN": async () => (await import("@contact-groups/openapi/model.zh-CN")).errors,
  ja: async () => (await import("@contact-groups/openapi/model.ja")).errors,
};

/** Loads the catalogue in a language. The page does not wait for it: nothing is explained before the first answer. */
export async function loadCatalogue(lang: Lang): Promise<Catalogue> {
  const entries = Object.values(await catalogues[lang]());
  return new Map(entries.map((entry) => [entry.code, entry]));
}
