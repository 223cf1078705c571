import { json, type SampleCall } from "./sample-call.ts";

/** The typed client, which signs, retries and throws by itself. */
export function client({ operationId, region, body }: SampleCall): string {
  const fields = json(body).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:");
  return `import { createClient } from "@contact-groups/client";

const client = createClient({
  sdkAppId: Number(process.env.SDKAPPID),
  identifier: process.env.IDENTIFIER,
  userSig: process.env.USERSIG,
  region: "${region}",
});
const result = await client.${operationId}(${fields});
console.log(result);
`;
}
