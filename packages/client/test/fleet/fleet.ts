import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { RedisRateLimiterEvent } from "../../src/redis.ts";
import type { Library } from "./connections.ts";

/** What a process of a fleet is given. */
export interface Member {
  readonly library: Library;
  readonly redisUrl: string;
  readonly serviceUrl: string;
  /** Number of calls that it makes. */
  readonly calls: number;
  /** Number of processes of the fleet. */
  readonly processes: number;
}

/** How its calls ended. */
export interface MemberReport {
  readonly failed: number;
  readonly attempts: number;
  /** When each attempt was sent, in milliseconds since the epoch. */
  readonly sends: readonly number[];
  readonly events: readonly RedisRateLimiterEvent["type"][];
}

/** A process of a fleet. */
export interface MemberProcess {
  /** Lets it make its calls. */
  start(): void;
  /** Resolves when its last call has ended; to nothing if it was killed. */
  readonly report: Promise<MemberReport | undefined>;
  /** Ends it at once, as a machine that fails does. */
  kill(): void;
}

/** Starts the processes of a fleet. They wait for `start`. `await using` ends them. */
export async function startFleet(
  members: readonly Member[],
): Promise<AsyncDisposable & { readonly members: readonly MemberProcess[] }> {
  const program = fileURLToPath(new URL("member.ts", import.meta.url));
  const children = members.map((member) => fork(program, [JSON.stringify(member)], { execArgv: [] }));
  await Promise.all(children.map((child) => once(child, "message")));
  return {
    members: children.map((child) => ({
      start: () => child.send("start"),
      report: Promise.race([
        once(child, "message").then(([report]) => report as MemberReport),
        once(child, "exit").then(() => undefined),
      ]),
      kill: () => child.kill("SIGKILL"),
    })),
    async [Symbol.asyncDispose]() {
      const ended = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
      await Promise.all(ended.map((child) => (child.kill("SIGKILL"), once(child, "exit"))));
    },
  };
}
