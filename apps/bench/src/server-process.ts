/** One server in a process of its own: `node server-process.ts <kind> [file]`. Sends its URL, and on request its use of CPU and memory. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { successExamples } from "@contact-groups/openapi/model";
import type { ServerKind, Usage } from "./server.ts";

const [kind = "", file = ""] = process.argv.slice(2);

const servers: Readonly<Record<ServerKind, () => Promise<string>>> = {
  bare,
  "emulator in memory": () => emulator(),
  "emulator in SQLite": () => emulator("full"),
  "emulator in SQLite, durability normal": () => emulator("normal"),
  "contract server": contract,
  "Prism with its log": () => prism(),
  "Prism without a log": () => prism("silent"),
};

const url = await servers[kind as ServerKind]();
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = { cpu: user + system, memory: process.memoryUsage.rss() };
  process.send?.(usage);
});
process.on("disconnect", () => process.exit());
process.send?.({ url });

/** Reads a request and sends a page of the description's own example: what `node:http` itself costs. */
async function bare(): Promise<string> {
  const body = JSON.stringify(successExamples.getContactGroup.FirstOfTwoPages);
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume().on("end", () => response.writeHead(200, headers).end(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function emulator(durability?: "full" | "normal"): Promise<string> {
  const { createEmulator } = await import("@contact-groups/emulator");
  const { createSqliteStore } = await import("@contact-groups/emulator/node");
  const { seed } = await import("./emulator/load.ts");
  const store = durability && createSqliteStore({ path: file, durability });
  return (await createEmulator({ store, seed, settings: { rateLimit: "off" } }).listen()).url;
}

async function contract(): Promise<string> {
  const { startContractServer } = await import("@contact-groups/contract");
  return (await startContractServer()).url;
}

/** Prism's own server, with what its command line gives it by default. */
async function prism(level?: "silent"): Promise<string> {
  const { createLogger } = await import("@stoplight/prism-core");
  const { getHttpOperationsFromSpec } = await import("@stoplight/prism-http");
  const { createServer: createPrism } = await import("@stoplight/prism-http-server");
  const bundle = fileURLToPath(import.meta.resolve("@contact-groups/openapi/openapi.json"));
  const server = createPrism(await getHttpOperationsFromSpec(bundle), {
    components: { logger: createLogger("HTTP SERVER", level && { level }) },
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
