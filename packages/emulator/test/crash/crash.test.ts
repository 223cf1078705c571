import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { createClient } from "@contact-groups/client";
import { nodeTransport } from "@contact-groups/client/node";
import { expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { createSqliteStore } from "../../src/node.ts";
import { amount } from "../amount.ts";

const program = fileURLToPath(new URL("serve.ts", import.meta.url));
const writers = 16;

test("what was answered OK is there after a kill in the middle of writing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contact-groups-crash-"));
  const path = join(folder, "emulator.db");
  const answered = new Map<string, Set<string>>();
  try {
    for (let kill = 0; kill < amount({ quick: 3, thorough: 50 }); kill++) {
      await writeUntilKilled(path, kill, answered);
      expect(missing(path, answered)).toEqual([]);
    }
    expect([...answered.values()].reduce((sum, names) => sum + names.size, 0)).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Lets writers create groups for users of their own until the process is killed, and notes each that was answered OK. */
async function writeUntilKilled(path: string, kill: number, answered: Map<string, Set<string>>): Promise<void> {
  const child = spawn(process.execPath, [program, path], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout as NonNullable<ChildProcess["stdout"]>, "data")) as [Buffer];
  const client = createClient({
    baseUrl: String(line).trim(),
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text",
    transport: nodeTransport(),
    rateLimit: false,
    retry: false,
  });
  let count = 0;
  // A number of answers that differs from kill to kill, and is reached in the middle of others.
  const killAt = 40 + ((kill * 37) % 160);
  const write = async (writer: number): Promise<void> => {
    for (let number = 0; ; number++) {
      const user = `user_${kill}_${writer}_${Math.floor(number / 20)}`;
      const name = `group_${number}`;
      await client.createContactGroup({
        From_Account: user,
        GroupContactItem: [{ GroupName: name, ContactItem: [{ Type: 1, To_Account: `peer_${number}` }] }],
      });
      answered.set(user, (answered.get(user) ?? new Set()).add(name));
      if (++count === killAt) child.kill("SIGKILL");
    }
  };
  const ends = await Promise.allSettled([
    once(child, "exit"),
    ...Array.from({ length: writers }, (_, index) => write(index)),
  ]);
  expect(ends.slice(1).map(({ status }) => status)).toEqual(Array.from({ length: writers }, () => "rejected"));
}

/** Groups that were answered OK and are not in the file, or lack their conversation; and what SQLite finds wrong with the file. */
function missing(path: string, answered: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const database = new DatabaseSync(path);
  const findings = database
    .prepare("PRAGMA integrity_check")
    .all()
    .map((row) => String(Object.values(row)[0]));
  database.close();
  const store = createSqliteStore({ path });
  const emulator = createEmulator({ store });
  try {
    const users = new Map(emulator.snapshot().apps[0]?.users?.map((user) => [user.userId, user]));
    const lost = [...answered].flatMap(([userId, names]) => {
      const conversations = users.get(userId)?.conversations ?? [];
      return [...names].filter((name) => !conversations.some(({ groups = [] }) => groups.includes(name)));
    });
    return [...findings.filter((finding) => finding !== "ok"), ...lost];
  } finally {
    store.close();
  }
}
