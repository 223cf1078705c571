import type { APIRoute } from "astro";
import { releases, type Release } from "../../../reference/releases.ts";

export function getStaticPaths(): { params: { version: string }; props: Release }[] {
  return releases.map((release) => ({ params: { version: release.version }, props: release }));
}

/** The bundle as it was released. */
export const GET: APIRoute = ({ props }) => Response.json(props["bundle"]);
