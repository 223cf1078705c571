/**
 * The main job: serves the reference site, the emulator and the contract server, runs the documents' samples of 2026-04-14 through the
 * client, and stays up until Ctrl-C. The emulator keeps its state in the folder that is given, or in one of the repository.
 */
import { startContractServer } from "@contact-groups/contract";
import { type LocalServer, localServers } from "../src/local-servers.ts";
import { createLocalEmulator } from "./emulator.ts";
import { freePort } from "./free-port.ts";
import { onStop } from "./on-stop.ts";
import { startSiteServer } from "./site-server.ts";
import { curlCommand, runJudged, runWithState } from "./sample-calls.ts";

const contract = await startContractServer({ port: await freePort("contract server", usualPort("contract")) });
const emulator = createLocalEmulator(process.argv[2]);
const { url } = await emulator.listen({ port: await freePort("emulator", usualPort("emulator")) });
const site = await startSiteServer(await freePort("reference site", 8080), {
  servers: { emulator: url, contract: contract.url },
});

onStop(async () => {
  console.log("\nStopping.");
  await Promise.all([contract.close(), emulator.close(), site.close()]);
});

console.log("\nThe emulator keeps what is created:");
await runWithState(url);
console.log("\nThe contract server judges each request:");
await runJudged(contract.url);

console.log(`
Reference site   ${site.url}
Emulator         ${url}
Contract server  ${contract.url}

Try it:
${curlCommand(url)}

Ctrl-C stops all three.`);

function usualPort(server: LocalServer): number {
  return Number(new URL(localServers[server]).port);
}
