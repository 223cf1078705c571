import { readFileSync } from "node:fs";
import type { APIRoute } from "astro";
import { bundleFile, bundleName, downloads } from "../../reference/bundle.ts";

export function getStaticPaths(): { params: { file: string }; props: { path: string } }[] {
  return downloads.map(({ lang, format }) => ({
    params: { file: bundleName(lang, format) },
    props: { path: bundleFile(lang, format) },
  }));
}

/** The bundle as it is. */
export const GET: APIRoute = ({ props }) => new Response(readFileSync(props["path"]));
