import type { APIRoute } from "astro";
import { languages } from "../../locales.ts";
import { llmsText } from "../../markdown/llms.ts";

export function getStaticPaths(): { params: { locale: string | undefined }; props: object }[] {
  return languages.map(({ path, lang }) => ({ params: { locale: path }, props: { lang } }));
}

export const GET: APIRoute = async ({ props }) => new Response(await llmsText(props["lang"]));
