/**
 * The main job: serves the reference and the contract server, runs the documents' samples of 2026-04-14 through the client,
 * and stays up until Ctrl-C.
 */
import { startContractServer } from "@contact-groups/contract";
import { freePort } from "./free-port.ts";
import { onStop } from "./on-stop.ts";
import { startReferenceServer } from "./reference-server.ts";
import { curlCommand, runSampleCalls } from "./sample-calls.ts";

const contract = await startContractServer({ port: await freePort("contract server", 4010) });
const reference = await startReferenceServer(await freePort("API reference", 8080));

onStop(async () => {
  console.log("\nStopping.");
  await Promise.all([contract.close(), reference.close()]);
});

await runSampleCalls(contract.url);

console.log(`
API reference    ${reference.url}
Contract server  ${contract.url}

Try it:
${curlCommand(contract.url)}

Ctrl-C stops both.`);
