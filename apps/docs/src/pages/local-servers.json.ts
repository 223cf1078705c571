import type { APIRoute } from "astro";
import { localServers } from "../local-servers.ts";

/** Where the servers of this machine listen, as far as a site knows that was not started with them. */
export const GET: APIRoute = () => Response.json(localServers);
