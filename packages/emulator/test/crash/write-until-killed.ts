import { type Client, createClient } from "@contact-groups/client";
import { nodeTransport } from "@contact-groups/client/node";
import { sdkAppIds } from "../model/names.ts";
import { control } from "./control.ts";
import { type History, newHistory } from "./history.ts";
import { serveFile } from "./serve-file.ts";

/** In each app. Those of the same number write to users of the same names at the same time. */
const writers = 8;

/** When to kill: a number of milliseconds after a number of responses. */
export interface Moment {
  readonly responses: number;
  readonly delayMs: number;
}

/** What happens next to the writes, until the process is killed. */
export type Meanwhile = (url: string) => Promise<void>;

/**
 * Serves a file in a process of its own, adds the second app while it runs, lets writers write in both until that process is killed, and
 * notes what they tried and what was acknowledged.
 */
export async function writeUntilKilled(
  path: string,
  { responses, delayMs }: Moment,
  histories: History[],
  meanwhile: Meanwhile = async () => undefined,
): Promise<void> {
  const server = await serveFile(path);
  await control(server.url, "POST", "apps", { sdkAppId: sdkAppIds[1] });
  let isKilled = false;
  let arrived = 0;
  const kill = (): void => {
    isKilled = true;
    server.kill();
  };
  const onResponse = (): void => {
    // oxlint-disable-next-line no-restricted-globals -- a kill comes at any time
    if (++arrived === responses) setTimeout(kill, delayMs);
  };
  const begin = 1 + Math.max(-1, ...histories.map(({ number }) => number));
  const working = sdkAppIds.flatMap((sdkAppId) => {
    const client = connect(server.url, sdkAppId);
    return Array.from({ length: writers }, async (_, writer) => {
      for (let number = begin + writer; ; number += writers) {
        const history = newHistory(sdkAppId, number);
        histories.push(history);
        await write(client, history, onResponse);
      }
    });
  });
  const failures: unknown[] = [];
  const onFailure = (error: unknown): void => {
    if (!isKilled) failures.push(error);
    kill();
  };
  await Promise.all([...working, meanwhile(server.url)].map((work) => work.catch(onFailure)));
  await server.killed;
  if (failures.length > 0)
    throw new AggregateError(failures, `Something failed before the kill: ${failures.join(", ")}`);
}

/** Writes the whole history of a user, one after the other. */
async function write(client: Client, history: History, onResponse: () => void): Promise<void> {
  for (const [operation, body] of history.writes) {
    history.tried++;
    await client[operation](body as never);
    history.acknowledged++;
    onResponse();
  }
}

function connect(baseUrl: string, sdkAppId: number): Client {
  return createClient({
    baseUrl,
    sdkAppId,
    identifier: "administrator",
    userSig: "any-text",
    transport: nodeTransport(),
    rateLimit: false,
    retry: false,
  });
}
