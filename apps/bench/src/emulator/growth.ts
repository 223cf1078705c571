import { join } from "node:path";
import { createEmulator, type Emulator } from "@contact-groups/emulator";
import { createSqliteStore } from "@contact-groups/emulator/node";
import { compare, contenders, makeCalls, wall } from "../compare.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { conversation, type LoadRequest, requestTo } from "./load.ts";

let creates = 0;
/** A request of each kind. */
const kinds: Readonly<Record<string, (From_Account: string) => LoadRequest>> = {
  page: (From_Account) => requestTo("getContactGroup", { From_Account, StartIndex: 0 }),
  "point read": (From_Account) =>
    requestTo("searchContactGroup", { From_Account, ContactItem: [conversation("peer_0")] }),
  create: (From_Account) =>
    requestTo("createContactGroup", {
      From_Account,
      GroupContactItem: [{ GroupName: "family", ContactItem: [conversation(`peer_${creates++ % 1000}`)] }],
    }),
};

export const about =
  "What a call of the emulator's `fetch` costs in a small and in a large store, each for a random user.";
export const peers: Program["peers"] = [];

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const sizes = [10_000, quick ? 100_000 : 1_000_000];
  const stores: Readonly<Record<string, FilledStore>> = Object.fromEntries(
    sizes.map((size) => [`${size} users`, { size, emulator: filled(join(folder, `${size}.db`), size) }]),
  );
  for (const [kind, request] of Object.entries(kinds)) {
    const calls = contenders(stores, ({ size, emulator }) => {
      const call = () => send(emulator, request(`user_${Math.floor(Math.random() * size)}`));
      return makeCalls(call, 1280, 64);
    });
    yield compare(`A ${kind} in SQLite, by the number of users`, calls, { µs: wall }, quick ? 3 : 15);
  }
}

interface FilledStore {
  readonly size: number;
  readonly emulator: Emulator;
}

/** Returns an emulator of users with a group of one conversation each. */
function filled(path: string, size: number): Emulator {
  const store = createSqliteStore({ path });
  const emulator = createEmulator({ store, settings: { rateLimit: "off" }, callsKept: 0 });
  emulator.seed({ apps: [{ accounts: Array.from({ length: 1000 }, (_, index) => `peer_${index}`) }] });
  for (let first = 0; first < size; first += 10_000) {
    const users = Array.from({ length: 10_000 }, (_, index) => ({
      userId: `user_${first + index}`,
      groups: [{ name: "family" }],
      conversations: [{ ...conversation("peer_0"), groups: ["family"] }],
    }));
    emulator.seed({ apps: [{ accounts: users.map(({ userId }) => userId), users }] });
  }
  return emulator;
}

async function send({ fetch }: Emulator, { path, body }: LoadRequest): Promise<void> {
  const response = await fetch(`http://emulator.test${path}`, { method: "POST", body });
  const text = await response.text();
  if (!text.includes('"OK"')) throw new Error(`A call failed: ${text}`);
}
