import type { APIRoute } from "astro";
import { languages } from "../../locales.ts";
import { llmsText, twinText } from "../../markdown/llms.ts";
import { markdownPages } from "../../markdown/pages.ts";

type Route = { readonly params: { readonly page: string | undefined }; readonly props: object };

/** A Markdown twin for each page that has one. That of a home page is the list of all pages. */
export async function getStaticPaths(): Promise<readonly Route[]> {
  const all = await Promise.all(
    languages.map(async ({ path: locale, lang }): Promise<readonly Route[]> => {
      const pages = await markdownPages(lang);
      const twins = pages.map((page) => ({
        params: { page: `${locale === undefined ? "" : `${locale}/`}${page.path.slice(0, -1)}` },
        props: { page, lang },
      }));
      return [{ params: { page: locale }, props: { lang } }, ...twins];
    }),
  );
  return all.flat();
}

export const GET: APIRoute = async ({ props: { page, lang } }) =>
  new Response(await (page ? twinText(page, lang) : llmsText(lang)));
