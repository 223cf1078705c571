import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createClient } from "@contact-groups/client";
import { nodeTransport } from "@contact-groups/client/node";

const program = fileURLToPath(new URL("serve.ts", import.meta.url));
const writers = 16;
/** Fewer than a user may have, so that no call fails for that. */
const groupsPerUser = 10;

/** Names of the groups that were confirmed, by user. */
export type Confirmed = Map<string, Set<string>>;

/** When to kill: a number of milliseconds after a number of responses. */
export interface Moment {
  readonly responses: number;
  readonly delayMs: number;
}

/**
 * Serves a file in a process of its own, lets writers create groups in it until that process is killed, and notes what was confirmed
 * before. `run` keeps the users of one run apart from those of another.
 */
export async function writeUntilKilled(path: string, run: number, moment: Moment, confirmed: Confirmed): Promise<void> {
  const child = spawn(process.execPath, [program, path], { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(child, "exit");
  const [line] = (await Promise.race([once(child.stdout, "data"), exit])) as [Buffer | number];
  if (typeof line === "number") throw new Error(`The process ended with ${line} before it served.`);
  const client = createClient({
    baseUrl: String(line).trim(),
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text",
    transport: nodeTransport(),
    rateLimit: false,
    retry: false,
  });

  let responses = 0;
  const write = async (writer: number): Promise<never> => {
    for (let number = 0; ; number++) {
      const userId = `user_${run}_${writer}_${Math.floor(number / groupsPerUser)}`;
      const name = `group_${number}`;
      await client.createContactGroup({
        From_Account: userId,
        GroupContactItem: [
          {
            GroupName: name,
            ContactItem: [
              { Type: 1, To_Account: `peer_${number}` },
              { Type: 1, To_Account: "peer_of_all" },
            ],
          },
        ],
      });
      confirmed.set(userId, (confirmed.get(userId) ?? new Set()).add(name));
      if (++responses === moment.responses) setTimeout(() => child.kill("SIGKILL"), moment.delayMs);
    }
  };
  await Promise.allSettled(Array.from({ length: writers }, (_, writer) => write(writer)));
  if (responses < moment.responses) child.kill("SIGKILL");
  const [, signal] = (await exit) as [number | null, string | null];
  if (responses < moment.responses) throw new Error(`All writers failed after ${responses} responses.`);
  if (signal !== "SIGKILL") throw new Error(`The process ended with ${signal} instead of being killed.`);
}
