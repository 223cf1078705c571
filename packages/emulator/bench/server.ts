/** One contender in a process of its own: `node bench/server.ts bare|memory|sqlite|prism [file]`. Tells its URL and, when asked, its use of CPU and memory. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createEmulator } from "../src/index.ts";
import { createSqliteStore } from "../src/node.ts";
import { seed } from "./load.ts";

const [kind, file = ":memory:"] = process.argv.slice(2);
const url = await listen();
process.send?.({ url });
process.on("message", () => process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }));

async function listen(): Promise<string> {
  if (kind === "bare") return bare();
  if (kind === "prism") return prism();
  const store = kind === "sqlite" ? createSqliteStore({ path: file }) : undefined;
  const emulator = createEmulator({ store, seed, settings: { rateLimit: "off" }, callsKept: 1000 });
  return (await emulator.listen()).url;
}

/** Reads a request and answers a fixed body: what node:http itself costs. */
async function bare(): Promise<string> {
  const body = Buffer.from(
    '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ContactItem":[],"GroupItem":[],"CompleteFlag":1,"NextStartIndex":0}',
  );
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Prism's own server with what its command line gives it by default, its log of each request included; nobody reads that here. */
async function prism(): Promise<string> {
  const { createLogger } = await import("@stoplight/prism-core");
  const { getHttpOperationsFromSpec } = await import("@stoplight/prism-http");
  const { createServer: createPrism } = await import("@stoplight/prism-http-server");
  const bundle = fileURLToPath(import.meta.resolve("@contact-groups/openapi/openapi.json"));
  const operations = await getHttpOperationsFromSpec(bundle);
  const server = createPrism(operations, {
    components: { logger: createLogger("HTTP SERVER") },
    cors: true,
    config: {
      mock: { dynamic: false },
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
    },
  } as Parameters<typeof createPrism>[1]);
  return server.listen(0, "127.0.0.1");
}
