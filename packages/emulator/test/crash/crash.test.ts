import { integer, nat, record, sample } from "fast-check";
import { afterAll, expect, test } from "vitest";
import { amount } from "../amount.ts";
import { seedStore } from "../../src/seed.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { createFolder } from "../store/folder.ts";
import { checkFile } from "./check-file.ts";
import { Backups } from "./backups.ts";
import { findWrites, type History, type Range } from "./history.ts";
import { ReplacedApp } from "./replaced-app.ts";
import { writeUntilKilled } from "./write-until-killed.ts";

const folder = createFolder();
afterAll(() => folder.remove());

const moments = sample(
  record({ responses: integer({ min: 1, max: 600 }), delayMs: nat(20) }),
  amount({ quick: 3, thorough: 50 }),
);

test("the file has all that was acknowledged in two apps, and nothing half-written, whenever the process is killed", async () => {
  const path = folder.newFile();
  const histories: History[] = [];
  for (const moment of moments) {
    await writeUntilKilled(path, moment, histories);
    expect({ moment, violations: await checkKilled(path, histories) }).toEqual({ moment, violations: [] });
  }
  report(histories);
});

test("an app whose whole state is replaced has the old one or the new one after a kill, and no other app loses anything", async () => {
  const path = folder.newFile();
  const histories: History[] = [];
  const replaced = new ReplacedApp();
  for (const moment of moments) {
    await writeUntilKilled(path, moment, histories, (url) => replaced.changeUntilKilled(url));
    const violations = [
      ...(await checkKilled(path, histories)),
      ...(await checkFile(path, (store) => replaced.check(store))),
    ];
    expect({ moment, violations }).toEqual({ moment, violations: [] });
  }
  report(histories, `; meanwhile ${replaced.acknowledged} whole states were replaced`);
});

test("a backup that was finished before the kill is whole, with all that was acknowledged before it began", async () => {
  const path = folder.newFile();
  const histories: History[] = [];
  const backups = new Backups(folder.path, histories);
  fill(path);
  for (const moment of moments) {
    await writeUntilKilled(path, moment, histories, (url) => backups.takeUntilKilled(url));
    const violations: string[] = [];
    for (const { path: backup, range } of backups.kept)
      violations.push(
        ...(await checkFile(backup, async (store) => (await findWrites(store, histories, range)).violations)),
      );
    violations.push(...(await checkKilled(path, histories)));
    expect({ moment, violations }).toEqual({ moment, violations: [] });
  }
  report(histories, `; meanwhile ${backups.finished} backups were finished and ${backups.interrupted} interrupted`);
});

/** Fills a file, so that it takes some time to read it. */
function fill(path: string): void {
  const store = createSqliteState({ path });
  const accounts = Array.from({ length: 40_000 }, (_, index) => `account with a long name ${index}`);
  seedStore({ apps: [{ accounts }] }, store, { sdkAppId: 40000001, now: 0 });
  store.close();
}

/** Checks that each user has what was acknowledged, and at most the write whose response was lost. */
function checkKilled(path: string, histories: readonly History[]): Promise<readonly string[]> {
  return checkFile(path, async (store) => {
    const range: Range = ({ settled, acknowledged, tried }) =>
      settled ? [settled.writes, settled.writes] : [acknowledged, tried];
    const { seen, violations } = await findWrites(store, histories, range);
    for (const one of seen) one.history.settled ??= one;
    return violations;
  });
}

/** Prints what was tried, in `test:thorough`. */
function report(histories: readonly History[], also = ""): void {
  if (amount({ quick: true, thorough: false })) return;
  const sum = (count: (history: History) => number): number => histories.reduce((total, it) => total + count(it), 0);
  const [tried, acknowledged] = [sum((it) => it.tried), sum((it) => it.acknowledged)];
  console.log(`${moments.length} kills: ${tried} writes tried, ${acknowledged} acknowledged, none of them lost${also}`);
}
