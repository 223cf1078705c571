/**
 * Serves the reference site, the emulator and the contract server, sends the documents' samples of 2026-04-14 through the client, and runs until
 * Ctrl-C. The emulator keeps its state in the folder that is given, or in one of the repository.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startContractServer } from "@contact-groups/contract";
import { serveStaticSite } from "@contact-groups/testing/static-site";
import { freePort, onStop } from "../serving.ts";
import { createLocalEmulator } from "./emulator.ts";
import { callContractServer, callEmulator, caller, curlCommand } from "./sample-calls.ts";

const site = fileURLToPath(new URL("../../docs/dist/", import.meta.url));
/** The file of the site in which the console finds the addresses of both servers, and the credentials that they accept. As built, it has the default ports. */
const serversFile = "local-servers.json";
const defaults = JSON.parse(readFileSync(join(site, serversFile), "utf8")) as { emulator: string; contract: string };
const portOf = (url: string): number => Number(new URL(url).port);

const contract = await startContractServer({ port: await freePort("contract server", portOf(defaults.contract)) });
const emulator = createLocalEmulator(process.argv[2]);
const { url } = await emulator.listen({ port: await freePort("emulator", portOf(defaults.emulator)) });
const pages = await serveStaticSite(site, {
  port: await freePort("reference site", 8080),
  json: { [`/${serversFile}`]: { emulator: url, contract: contract.url, caller } },
});

onStop(async () => {
  console.log("\nStopping.");
  await Promise.all([contract.close(), emulator.close(), pages.close()]);
});

console.log("\nThe emulator keeps what is created:");
await callEmulator(url);
console.log("\nThe contract server validates each request:");
await callContractServer(contract.url);

console.log(`
Reference site   ${pages.url}
Emulator         ${url}
Contract server  ${contract.url}

Try it:
${curlCommand(url)}

Ctrl-C stops all three.`);
