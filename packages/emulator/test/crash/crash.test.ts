import { integer, nat, record, sample } from "fast-check";
import { expect, test } from "vitest";
import { amount } from "../amount.ts";
import { createFolder } from "../store/folder.ts";
import { checkFile } from "./check-file.ts";
import { writeUntilKilled, type Confirmed } from "./write-until-killed.ts";

test("the file has all that was confirmed, and nothing half-written, whenever the process is killed", async () => {
  const folder = createFolder();
  const path = folder.newFile();
  const confirmed: Confirmed = new Map();
  const kills = amount({ quick: 3, thorough: 50 });
  const moments = sample(record({ responses: integer({ min: 1, max: 600 }), delayMs: nat(20) }), kills);
  try {
    for (const [run, moment] of moments.entries()) {
      await writeUntilKilled(path, run, moment, confirmed);
      expect({ run, moment, violations: checkFile(path, confirmed, 2) }).toEqual({ run, moment, violations: [] });
    }
  } finally {
    folder.remove();
  }
});
