import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

/** A running static server of the built reference. */
export interface ReferenceServer {
  url: string;
  close(): Promise<void>;
}

/** Serves `apps/docs/dist` on 127.0.0.1. Port 0 takes any free port. */
export async function startReferenceServer(port: number): Promise<ReferenceServer> {
  const server = createServer(sirv(fileURLToPath(new URL("../dist", import.meta.url))));
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
