import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator, type Store } from "@contact-groups/emulator";
import { createSqliteStore } from "@contact-groups/emulator/node";
import { localCaller } from "../src/local-servers.ts";
import { samples } from "./samples.ts";

const usualFolder = fileURLToPath(new URL("../../../.contact-groups-emulator/", import.meta.url));

/** An emulator whose state stays in a folder, `.contact-groups-emulator` of the repository unless told otherwise, and begins with the users and the chat group of the documents' samples. */
export function createLocalEmulator(folder: string = usualFolder): Emulator {
  const conversations = samples.create.GroupContactItem.flatMap(({ ContactItem = [] }) => ContactItem);
  const peers = conversations.flatMap((conversation) => (conversation.Type === 1 ? [conversation.To_Account] : []));
  const groups = conversations.flatMap((conversation) => (conversation.Type === 2 ? [conversation.ToGroupId] : []));
  const accounts = [...new Set([samples.create.From_Account, ...peers])];
  return createEmulator({
    store: openStore(folder),
    apps: [{ sdkAppId: localCaller.sdkAppId, admins: [localCaller.identifier] }],
    seed: { apps: [{ accounts, chatGroups: groups.map((id) => ({ id })) }] },
    keepState: true,
  });
}

function openStore(folder: string): Store | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    return createSqliteStore({ path: join(folder, `start-${localCaller.sdkAppId}.db`) });
  } catch (error) {
    console.log(
      `${error instanceof Error ? error.message : "The database cannot be used."} The emulator keeps its state in memory.`,
    );
    return undefined;
  }
}
