/** Reads records at a steady rate, from a process of its own or while something else goes on. */
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setInterval } from "node:timers/promises";
import type { DatabaseRequest } from "./databases.ts";

/** Milliseconds that a read took: of half of them at most, of 99 %, and the most. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Reads every `everyMs` until `work` has ended, also while earlier reads have no response: a server that stands still does not slow its
 * reader down.
 *
 * @param next Returns the next request
 * @param found Text that each response has
 * @throws an `Error` if a response does not have it
 */
export async function probe(
  url: string,
  next: () => DatabaseRequest,
  found: string,
  work: Promise<unknown>,
  everyMs = 10,
): Promise<Latency> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const reads: Promise<number>[] = [];
  let isEnded = false;
  const ended = work.finally(() => (isEnded = true));
  // What it throws is thrown at the end.
  ended.catch(() => undefined);
  for await (const _ of setInterval(everyMs)) {
    if (isEnded) break;
    const read = timedRead(agent, url, next(), found);
    read.catch(() => undefined);
    reads.push(read);
  }
  await ended;
  const latencies = (await Promise.all(reads)).toSorted((one, other) => one - other);
  agent.destroy();
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Returns the milliseconds until the response has arrived. */
async function timedRead(agent: Agent, url: string, read: DatabaseRequest, found: string): Promise<number> {
  const begin = performance.now();
  const response = (await sendOnce(agent, url, read)) ?? (await sendOnce(agent, url, read));
  if (response?.includes(found) !== true)
    throw new Error(`${read.path} has no ${JSON.stringify(found)}: ${response?.slice(0, 200)}`);
  return performance.now() - begin;
}

/** Returns the text of the response; undefined when the server has just closed the connection, which was idle. */
function sendOnce(agent: Agent, url: string, read: DatabaseRequest): Promise<string | undefined> {
  const { method = "GET", path, headers, body } = read;
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { agent, method, headers }, (response) => {
      text(response).then(resolve, reject);
    });
    sent.on("error", (error) => (sent.reusedSocket ? resolve(undefined) : reject(error)));
    sent.end(body);
  });
}
