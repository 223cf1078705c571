import type { LocalePath } from "../locales.ts";

/** Address of a page of the site in a language, under whatever base the site has. */
export function linkTo(locale: LocalePath, page: string, query: Readonly<Record<string, string>> = {}): string {
  const base = import.meta.env.BASE_URL.replace(/\/?$/, "/");
  const search = new URLSearchParams(query).toString();
  return `${base}${locale === undefined ? "" : `${locale}/`}${page}${search && `?${search}`}`;
}
