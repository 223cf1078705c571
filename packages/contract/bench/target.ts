/** A server in its own process, for the measurements: ours, or Prism's. It reports its CPU time and memory on request. */
import { createRequire } from "node:module";
import bundle from "@contact-groups/openapi" with { type: "json" };
import { startContractServer } from "../dist/index.js";

type PrismServer = typeof import("@stoplight/prism-http-server");

const kind = process.argv[2];
const url = kind === "prism" ? await startPrism() : (await startContractServer()).url;
process.on("message", () => process.send?.({ cpu: cpuMicroseconds(), rss: process.memoryUsage.rss() }));
process.send?.({ url });

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Prism's own server as `prism mock` starts it, without a log. */
async function startPrism(): Promise<string> {
  const load = createRequire(import.meta.url);
  const { getHttpOperationsFromSpec } = load("@stoplight/prism-http") as typeof import("@stoplight/prism-http");
  const { createLogger } = load("@stoplight/prism-core") as typeof import("@stoplight/prism-core");
  const { createServer } = load("@stoplight/prism-http-server") as PrismServer;
  const operations = await getHttpOperationsFromSpec(structuredClone<object>(bundle));
  const server = createServer(operations, {
    components: { logger: createLogger("bench", { level: "silent" }) },
    cors: true,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
  });
  return server.listen(0, "127.0.0.1");
}
