import type { APIRoute } from "astro";
import { languages } from "../../locales.ts";
import { llmsFullText } from "../../markdown/llms.ts";

export function getStaticPaths(): { params: { locale: string | undefined }; props: object }[] {
  return languages.map(({ path, lang }) => ({ params: { locale: path }, props: { lang } }));
}

export const GET: APIRoute = async ({ props }) => new Response(await llmsFullText(props["lang"]));
