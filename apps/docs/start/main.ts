/**
 * The main job: serves the reference site, the emulator and the contract server, runs the documents' samples of 2026-04-14 through the
 * client, and stays up until Ctrl-C.
 */
import { startContractServer } from "@contact-groups/contract";
import { createLocalEmulator } from "./emulator.ts";
import { freePort } from "./free-port.ts";
import { onStop } from "./on-stop.ts";
import { startSiteServer } from "./site-server.ts";
import { curlCommand, runJudged, runWithState } from "./sample-calls.ts";

const contract = await startContractServer({ port: await freePort("contract server", 4010) });
const emulator = createLocalEmulator();
const { url } = await emulator.listen({ port: await freePort("emulator", 4020) });
const site = await startSiteServer(await freePort("reference site", 8080));

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
