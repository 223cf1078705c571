import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator, type Store } from "@contact-groups/emulator";
import { createSqliteStore } from "@contact-groups/emulator/node";
import { caller, samples } from "./sample-calls.ts";

const defaultFolder = fileURLToPath(new URL("../../../.contact-groups-emulator/", import.meta.url));

/**
 * Creates an emulator that keeps its state in a folder. A new state has the users and the chat group of the documents' samples.
 *
 * @default folder is `.contact-groups-emulator` in the repository
 */
export function createLocalEmulator(folder: string = defaultFolder): Emulator {
  const conversations = samples.create.GroupContactItem.flatMap(({ ContactItem = [] }) => ContactItem);
  const peers = conversations.flatMap((conversation) => (conversation.Type === 1 ? [conversation.To_Account] : []));
  const groups = conversations.flatMap((conversation) => (conversation.Type === 2 ? [conversation.ToGroupId] : []));
  const accounts = [...new Set([samples.create.From_Account, ...peers])];
  return createEmulator({
    store: openStore(folder),
    apps: [{ sdkAppId: caller.sdkAppId, admins: [caller.identifier] }],
    seed: { apps: [{ accounts, chatGroups: groups.map((id) => ({ id })) }] },
    keepState: true,
  });
}

function openStore(folder: string): Store | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    return createSqliteStore({ path: join(folder, `start-${caller.sdkAppId}.db`) });
  } catch (error) {
    console.log(
      `${error instanceof Error ? error.message : "The database cannot be used."} The emulator keeps its state in memory.`,
    );
    return undefined;
  }
}
