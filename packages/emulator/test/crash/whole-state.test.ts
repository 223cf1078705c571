/** Kills in the middle of work with the whole state. */
import { request } from "node:http";
import { integer, sample } from "fast-check";
import { afterAll, expect, test } from "vitest";
import { amount } from "../amount.ts";
import type { SeedDocument } from "../../src/index.ts";
import { takeSnapshot } from "../../src/seed.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { manyUsers } from "../state/many.ts";
import { createFolder } from "../store/folder.ts";
import { serveFile } from "./serve-file.ts";

const folder = createFolder();
afterAll(() => folder.remove());

const sdkAppId = 1400000000;
const users = 2000;
const moments = sample(integer({ min: 1, max: 250 }), amount({ quick: 4, thorough: 60 }));

/** Users who can be added to those of `manyUsers`, or replace them. */
const others: SeedDocument = {
  apps: [
    {
      sdkAppId,
      accounts: [],
      chatGroups: [],
      users: (manyUsers(users).apps[0]?.users ?? []).map((user) => ({ ...user, userId: `z_${user.userId}` })),
    },
  ],
};
const lines = (others.apps[0]?.users ?? []).map((user) => `${JSON.stringify({ sdkAppId, users: [user] })}\n`).join("");

/** Reads what is left of a file, after all that was replaced is deleted. */
async function read(path: string): Promise<SeedDocument> {
  const store = createSqliteState({ path });
  await expect.poll(() => store.isSwept()).toBe(true);
  const snapshot = takeSnapshot(store);
  store.close();
  return snapshot;
}

/** Sends a state to a process, and kills it after some milliseconds. Returns whether there was a response before. */
async function killWhile(
  path: string,
  afterMs: number,
  [method, target, type, body]: readonly string[],
): Promise<boolean> {
  const server = await serveFile(path);
  const sent = request(`${server.url}/__emulator/${target}`, { method: method!, headers: { "Content-Type": type! } });
  let isDone = false;
  const ended = new Promise((resolve) => sent.on("error", resolve).on("close", resolve));
  sent.on("response", ({ statusCode }) => (isDone = statusCode === 204)).end(body);
  // oxlint-disable-next-line no-restricted-globals -- a kill comes at any time
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  server.kill();
  await server.killed;
  await ended;
  return isDone;
}

const json = "application/json";

test.each([
  ["a document", ["PUT", "state", json, JSON.stringify(others)]],
  ["lines", ["PUT", "state", "application/x-ndjson", lines]],
])("the state that %s replaces is the old one or the new one after a kill", async (_, sent) => {
  for (const afterMs of moments) {
    const path = folder.newFile();
    const store = createSqliteState({ path });
    store.transaction((writer) => writer.saveAccount(sdkAppId, "old"));
    const old = takeSnapshot(store);
    store.close();
    const isDone = await killWhile(path, afterMs, sent);
    const after = await read(path);
    const isNew = (after.apps[0]?.users?.length ?? 0) > 0;
    expect(isDone && !isNew).toBe(false);
    if (isNew) expect(after.apps[0]?.users?.map(({ userId }) => userId)).toEqual(idsOf(others));
    else expect(after).toEqual(old);
  }
});

test.each([
  ["a document", ["POST", "seed", json, JSON.stringify(others)]],
  ["lines", ["POST", "seed", "application/x-ndjson", lines]],
])("of %s that is added, the first users are there as a whole after a kill", async (_, sent) => {
  for (const afterMs of moments) {
    const path = folder.newFile();
    createSqliteState({ path }).close();
    const isDone = await killWhile(path, afterMs, sent);
    const found = (await read(path)).apps[0]?.users ?? [];
    expect(found.map(({ userId }) => userId)).toEqual(idsOf(others).slice(0, found.length));
    expect(found.every(({ groups, conversations }) => groups?.length === 2 && conversations?.length === 2)).toBe(true);
    if (isDone) expect(found).toHaveLength(users);
  }
});

function idsOf({ apps: [app] }: SeedDocument): readonly string[] {
  return (app?.users ?? []).map(({ userId }) => userId);
}
