/** Any sequence of operations through the client, while responses are lost and the process is killed: nothing is lost, and nothing doubled. */
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { amount } from "../amount.ts";
import { createFolder } from "../store/folder.ts";
import { checkFile } from "./check-file.ts";
import { hosts } from "./hosts.ts";
import { Run } from "./run-sequence.ts";
import { seeds, sequences, users } from "./sequences.ts";

const folder = createFolder();
afterAll(() => folder.remove());

const numRuns = amount({ quick: 2, thorough: 40 });

test.each(Object.entries(hosts))(
  "nothing is lost, doubled, above a limit or in another app in any sequence of calls, with %s",
  async (_, start) => {
    let calls = 0;
    let kills = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(seeds[0]!, seeds[0]!, ...seeds), sequences, async (seed, sequence) => {
        const path = folder.newFile();
        const host = await start(seed, path);
        const run = new Run(host, seed);
        try {
          for (const step of sequence) await run.step(step);
          for (const user of users) await run.read(user);
        } finally {
          await host.close();
        }
        expect([...run.violations, ...(host.isFile ? await checkFile(path) : [])]).toEqual([]);
        calls += sequence.length * users.length;
        kills += run.kills;
      }),
      // A shorter sequence would be killed at other moments.
      { numRuns, endOnFailure: true },
    );
    if (amount({ quick: false, thorough: true })) console.log(`${numRuns} sequences of ${calls} calls, ${kills} kills`);
  },
);
