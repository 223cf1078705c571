import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator, type Store } from "@contact-groups/emulator";
import { createSqliteStore } from "@contact-groups/emulator/node";
import { credentials, samples } from "./samples.ts";

const folder = fileURLToPath(new URL("../../../.contact-groups-emulator/", import.meta.url));

/** An emulator whose state stays in a local folder, and begins with the users and the chat group of the documents' samples. */
export function createLocalEmulator(): Emulator {
  const conversations = samples.create.GroupContactItem.flatMap(({ ContactItem = [] }) => ContactItem);
  const peers = conversations.flatMap((conversation) => (conversation.Type === 1 ? [conversation.To_Account] : []));
  const groups = conversations.flatMap((conversation) => (conversation.Type === 2 ? [conversation.ToGroupId] : []));
  const accounts = [...new Set([samples.create.From_Account, ...peers])];
  return createEmulator({
    store: openStore(),
    apps: [{ sdkAppId: credentials.sdkappid, admins: [credentials.identifier] }],
    seed: { apps: [{ accounts, chatGroups: groups.map((id) => ({ id })) }] },
    keepState: true,
  });
}

function openStore(): Store | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    return createSqliteStore({ path: `${folder}start.db` });
  } catch (error) {
    console.log(
      `${error instanceof Error ? error.message : "The database cannot be used."} The emulator keeps its state in memory.`,
    );
    return undefined;
  }
}
