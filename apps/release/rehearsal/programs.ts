import { operations } from "@contact-groups/openapi/model";
import { closedRegion, newCode } from "./edits.ts";

const paths = Object.keys(operations).length;

const options = `{
  baseUrl: "http://emulator.test",
  sdkAppId: 1400000000,
  identifier: "administrator",
  userSig: "any-text",
}`;

/** Creates a group at the emulator, finds it, and prints what it knows of an error code and of the description. An ES module. */
const main = `import { createClient } from "@contact-groups/client";
import { explain } from "@contact-groups/client/catalogue";
import { createEmulator } from "@contact-groups/emulator";
import errors from "@contact-groups/openapi/errors.json" with { type: "json" };

const emulator = createEmulator({ seed: { apps: [{ accounts: ["user_0001", "user_0002"] }] } });
const client = createClient({ ...${options}, fetch: emulator.fetch });
await client.createContactGroup({
  From_Account: "user_0001",
  GroupContactItem: [{ GroupName: "family", ContactItem: [{ Type: 1, To_Account: "user_0002" }] }],
});
for await (const conversation of client.iterateContactGroup({ From_Account: "user_0001" }))
  console.log(conversation.groups.map((group) => group.GroupName).join());
console.log(explain(${newCode.code})?.name ?? "unknown code");
console.log(errors.private.some((error) => error.code === ${newCode.code}));
`;

/** A CommonJS program with the same packages, and the contract server instead of the emulator. */
const required = `const { createClient } = require("@contact-groups/client");
const { startContractServer } = require("@contact-groups/contract");
const description = require("@contact-groups/openapi/openapi.json");

async function main() {
  const api = await startContractServer();
  const client = createClient({ ...${options}, baseUrl: api.url });
  const page = await client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });
  console.log(page.ErrorCode, Object.keys(description.paths).length);
  api.assertValid();
  await api.close();
}
main();
`;

/** A program that a consumer wrote for the first version and never changes. Compiled as an ES module and as CommonJS. */
const typed = `import { ApiError, c2c, createClient, type Client } from "@contact-groups/client";
import { explain } from "@contact-groups/client/catalogue";

const client: Client = createClient({
  sdkAppId: 1400000000,
  identifier: "administrator",
  userSig: () => "",
  region: "${closedRegion}",
});

export async function names(From_Account: string): Promise<string[]> {
  const found = await client.safe.searchContactGroup({ From_Account, ContactItem: [c2c("user0")] });
  if (!found.ok) return found.error instanceof ApiError ? [explain(found.error.code)?.name ?? ""] : [];
  const page = await client.getContactGroup({ From_Account, StartIndex: 0 });
  return (page.GroupItem ?? []).map((group) => group.GroupName);
}
`;

/** The files of a consumer's project. */
export const programs: Readonly<Record<string, string>> = {
  "main.mjs": main,
  "main.cjs": required,
  "typed.mts": typed,
  "typed.cts": typed,
};

/** What they print, before and after the description has the new code. */
export const prints: Readonly<Record<string, { readonly before: string; readonly after: string }>> = {
  "main.mjs": { before: "family\nunknown code\nfalse\n", after: `family\n${newCode.name}\ntrue\n` },
  "main.cjs": { before: `0 ${paths}\n`, after: `0 ${paths}\n` },
};
