import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sirv from "sirv";

/** A running server of a built site. */
export interface StaticSite {
  readonly url: string;
  close(): Promise<void>;
}

/** How a site is served. */
export interface StaticSiteOptions {
  /** @default 0, any free port */
  readonly port?: number;
  /** JSON files that replace those of the folder, by path, such as `/servers.json`. */
  readonly json?: Readonly<Record<string, unknown>>;
  /**
   * Whether to send `page.html.gz` in place of `page.html`, where it is.
   *
   * @default false
   */
  readonly gzip?: boolean;
}

/**
 * Serves a folder on 127.0.0.1 as a static host does. A path without a file gets the folder's own `404.html`.
 *
 * @example
 * const site = await serveStaticSite("/path/to/dist");
 */
export async function serveStaticSite(
  folder: string,
  { port = 0, json = {}, gzip = false }: StaticSiteOptions = {},
): Promise<StaticSite> {
  const files = sirv(folder, { gzip });
  const missing = readFileSync(join(folder, "404.html"));
  const server = createServer((request, response) => {
    const replaced = json[request.url ?? ""];
    if (replaced !== undefined) {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(replaced));
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
