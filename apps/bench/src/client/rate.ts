import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { operations } from "@contact-groups/openapi/model";
import type { Circumstances, Program } from "../program.ts";
import type { CountingRedis } from "../redis-server.ts";
import type { Report } from "../report.ts";
import type { Arrivals } from "../limited-server-process.ts";

const { calls: quota } = operations.getContactGroup.rate;

export const about: string = `Calls of \`getContactGroup\` that are all made at once, against a server that accepts ${quota} per second. Everything has its defaults and at most three attempts, except that the client sends a throttled call until its deadline. Each new connection of the first table takes 50 to 200 ms, and the server counts in any second. The fleets have no shared store, and the emulator counts in each second.`;
export const peers: Program["peers"] = ["@smithy/core", "bottleneck"];

const ways = ["fetch alone", "AWS SDK, adaptive mode", "Bottleneck", "client"];

export async function* measure({ quick }: Circumstances): AsyncGenerator<Report> {
  const rounds = quick ? 1 : 3;
  yield* compareWays(ways, "One process, new connections, 1,000 calls", "new connections", 1, 1000, rounds);
  for (const processes of [2, 4, 8])
    yield* compareWays(ways, `${processes} processes, 2,000 calls`, "emulator", processes, 2000, rounds);
}

/**
 * Runs each way, and yields a table for each figure.
 *
 * @param redis The server that the processes share, if any.
 */
export async function* compareWays(
  contenders: readonly string[],
  title: string,
  kind: string,
  processes: number,
  calls: number,
  rounds: number,
  redis?: CountingRedis,
): AsyncGenerator<Report> {
  const figures: Record<string, Record<string, number[]>> = {};
  for (let round = 0; round < rounds; round++)
    for (const way of contenders)
      for (const [name, figure] of Object.entries(await runFleet(way, kind, processes, calls, redis)))
        ((figures[name] ??= {})[way] ??= []).push(figure);
  for (const [name, values] of Object.entries(figures)) yield { title: `${title}: ${name}`, values };
}

/** Makes calls from some processes at once. Every figure is above 0. */
async function runFleet(
  way: string,
  kind: string,
  processes: number,
  calls: number,
  redis?: CountingRedis,
): Promise<Record<string, number>> {
  const [server, next] = start("limited-server-process.ts", [kind]);
  const { url } = await next<{ url: string }>();
  const fleet = Array.from({ length: processes }, () =>
    start("rate-process.ts", [way, url, String(calls / processes), String(processes), redis?.url ?? ""]),
  );
  await Promise.all(fleet.map(([, ready]) => ready()));
  const before = (await redis?.commands()) ?? 0;
  const begin = performance.now();
  const each = fleet.map(([child, ended]) => (child.send("go"), ended<number>()));
  const succeeded = (await Promise.all(each)).reduce((sum, one) => sum + one, 0);
  const seconds = (performance.now() - begin) / 1000;
  server.send("arrivals");
  const arrivals = await next<Arrivals>();
  server.disconnect();
  const commands = ((await redis?.commands()) ?? 0) - before;
  return {
    [`succeeded of ${calls.toLocaleString("en")}`]: succeeded,
    "sent per call": arrivals.calls / calls,
    "sent per accepted call after two seconds": arrivals.sentLater,
    "most in any second": arrivals.mostInASecond,
    "used of the quota, %": (100 * succeeded) / quota / Math.max(1, seconds),
    seconds,
    ...(commands > 0 && { "commands of Redis per call": commands / calls }),
  };
}

/** Starts a program next to this one. Returns it with a function that waits for its next message. */
function start(file: string, parameters: readonly string[]) {
  const program = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = fork(program, parameters, { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  const next = async <Message>(): Promise<Message> => ((await once(child, "message")) as [Message])[0];
  return [child, next] as const;
}
