/** Makes one call in a process of its own, since variables of the environment are read when a process starts: `one-call.ts <transport> <base URL> [PEM file]`. */
import { readFileSync } from "node:fs";
import tls from "node:tls";
import { createClient } from "../../src/index.ts";
import { nodeTransport } from "../../src/node.ts";

const [, , transport, baseUrl = "", caFile] = process.argv;
if (caFile !== undefined) tls.setDefaultCACertificates([...tls.getCACertificates(), readFileSync(caFile, "utf8")]);
const client = createClient({
  sdkAppId: 1400000000,
  identifier: "administrator",
  userSig: "eJw-a-usersig_of*tests",
  baseUrl,
  retry: false,
  ...(transport === "node" && { transport: nodeTransport() }),
});
const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 }).catch((error: unknown) => error);
console.log(page instanceof Error ? page.message : JSON.stringify(page));
