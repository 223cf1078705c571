import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { type LocalServers, localServersFile } from "../src/local-servers.ts";

/** A running static server of the built site. */
export interface SiteServer {
  url: string;
  close(): Promise<void>;
}

/** What of the site is not as it was built. */
interface SiteOptions {
  /** Another folder than `apps/docs/dist`. */
  readonly folder?: string;
  /** Where the servers that were started with it listen; the usual addresses otherwise. */
  readonly servers?: LocalServers;
}

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

/** Serves a built site on 127.0.0.1. Port 0 takes any free port. */
export async function startSiteServer(port: number, { folder = dist, servers }: SiteOptions = {}): Promise<SiteServer> {
  const files = sirv(folder);
  const missing = readFileSync(join(folder, "404.html"));
  const server = createServer((request, response) => {
    if (servers && request.url === `/${localServersFile}`) {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(servers));
      return;
    }
    files(request, response, () => {
      response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" }).end(missing);
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
