import type { Lang } from "../locales.ts";
import type { ErrorEntry } from "../reference/openapi-types.ts";

/** The error catalogue by code. */
export type Catalogue = ReadonlyMap<number, ErrorEntry>;

type File = { readonly default: Readonly<Record<string, readonly unknown[]>> };

const files: Readonly<Record<Lang, () => Promise<File>>> = {
  en: () => import("@contact-groups/openapi/errors.json", { with: { type: "json" } }),
  "zh-CN": () => import("@contact-groups/openapi/errors.zh-CN.json", { with: { type: "json" } }),
  ja: () => import("@contact-groups/openapi/errors.ja.json", { with: { type: "json" } }),
};

/** Loads the catalogue in a language. The page does not wait for it: nothing is explained before the first answer. */
export async function loadCatalogue(lang: Lang): Promise<Catalogue> {
  const { default: parts } = await files[lang]();
  const entries = Object.values(parts).flat() as ErrorEntry[];
  return new Map(entries.map((entry) => [entry.code, entry]));
}
