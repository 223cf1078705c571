import { objectLiteral } from "../reference/json-text.ts";
import type { SampleCall } from "./sample-call.ts";

/** The typed client, which signs, retries and throws by itself. */
export function client({ operationId, region, body }: SampleCall): string {
  return `import { createClient } from "@contact-groups/client";

const client = createClient({
  sdkAppId: Number(process.env.SDKAPPID),
  identifier: process.env.IDENTIFIER,
  userSig: process.env.USERSIG,
  region: "${region}",
});
const result = await client.${operationId}(${objectLiteral(body)});
console.log(result);
`;
}
