import { integer, nat, record, sample } from "fast-check";
import { afterAll, expect, test } from "vitest";
import { amount } from "../amount.ts";
import { createFolder } from "../store/folder.ts";
import { checkFile } from "./check-file.ts";
import { findWrites, type History } from "./history.ts";
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
  report(histories, `, and ${replaced.acknowledged} whole states were replaced meanwhile`);
});

/** Checks that each user has what was acknowledged, and at most the write whose response was lost. */
function checkKilled(path: string, histories: readonly History[]): Promise<readonly string[]> {
  return checkFile(path, async (store) => {
    const seen = await findWrites(store, histories);
    const violations = seen.flatMap(({ history, writes, state }) => {
      const { sdkAppId, userId, settled } = history;
      const least = settled?.writes ?? history.acknowledged;
      const most = settled?.writes ?? history.tried;
      if (writes >= least && writes <= most) return [];
      const found = writes < 0 ? `is half written: ${state}` : `has ${writes} writes, not ${least} to ${most}`;
      return [`${userId} of ${sdkAppId} ${found}`];
    });
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
