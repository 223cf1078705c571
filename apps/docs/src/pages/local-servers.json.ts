import type { APIRoute } from "astro";
import { localServers } from "../local-servers.ts";

/** The servers of this machine, as far as a site knows them that was not started with them. */
export const GET: APIRoute = () => Response.json(localServers);
