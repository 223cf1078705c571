import { createClient } from "@contact-groups/client";
import { nodeTransport } from "@contact-groups/client/node";
import { serveFile } from "./serve-file.ts";

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
  const server = await serveFile(path);
  const client = createClient({
    baseUrl: server.url,
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
      if (++responses === moment.responses) setTimeout(server.kill, moment.delayMs);
    }
  };
  await Promise.allSettled(Array.from({ length: writers }, (_, writer) => write(writer)));
  if (responses < moment.responses) server.kill();
  await server.killed;
  if (responses < moment.responses) throw new Error(`All writers failed after ${responses} responses.`);
}
