/** The languages of the site: the folder of each under `src/content/docs` (`root` for English), its name, and its BCP 47 tag. */
export const locales = {
  root: { label: "English", lang: "en" },
  "zh-cn": { label: "简体中文", lang: "zh-CN" },
  ja: { label: "日本語", lang: "ja" },
} as const;

/** BCP 47 tag of a language of the site. */
export type Lang = (typeof locales)[keyof typeof locales]["lang"];

/** First segment of a language's paths: undefined for English, which has none. */
export type LocalePath = Exclude<keyof typeof locales, "root"> | undefined;

/** The languages with their paths, for `getStaticPaths`. */
export const languages: readonly { readonly path: LocalePath; readonly lang: Lang; readonly label: string }[] =
  Object.entries(locales).map(([path, { lang, label }]) => ({
    path: path === "root" ? undefined : (path as LocalePath),
    lang,
    label,
  }));

/** Address of a page of the site in a language, under whatever base the site has. */
export function linkTo(locale: LocalePath, page: string, query: Readonly<Record<string, string>> = {}): string {
  const base = import.meta.env.BASE_URL.replace(/\/?$/, "/");
  const search = new URLSearchParams(query).toString();
  return `${base}${locale === undefined ? "" : `${locale}/`}${page}${search && `?${search}`}`;
}
