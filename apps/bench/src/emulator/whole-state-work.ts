/** Sends a request that takes long, in a process of its own, so that it takes no time of the reader. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { residentMemory } from "./database-process.ts";

/** A request that takes long. */
export interface Work {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** File that is sent. */
  readonly from?: string;
  /** File that the response is written to. */
  readonly to?: string;
  /** Milliseconds to wait after the response, in which the server may still be at work. */
  readonly afterMs?: number;
}

/** What the work took. */
export interface Done {
  /** Seconds until the response had arrived. */
  readonly seconds: number;
  /** The most resident memory of the server in MB. */
  readonly memory: number;
}

interface Task {
  readonly url: string;
  readonly pid: number;
  readonly work: Work;
}

/** Does the work in a process of its own. */
export async function doWork(task: Task): Promise<Done> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(task)], { execArgv: [] });
  const [done] = (await Promise.race([once(child, "message"), once(child, "exit")])) as [Done | number | null];
  if (typeof done === "object" && done !== null) return done;
  throw new Error(`The work ${JSON.stringify(task.work)} failed: see above.`);
}

if (import.meta.main) {
  const done = await measured(JSON.parse(process.argv[2] ?? "") as Task);
  process.send?.(done, () => process.exit());
}

async function measured({ url, pid, work }: Task): Promise<Done> {
  const sample = { memory: 0, isLast: false };
  const sampling = (async () => {
    while (!sample.isLast) {
      sample.memory = Math.max(sample.memory, await residentMemory(pid));
      await setTimeout(50);
    }
  })();
  const begin = performance.now();
  await send(work, url);
  const seconds = (performance.now() - begin) / 1000;
  await setTimeout(work.afterMs);
  sample.isLast = true;
  await sampling;
  return { seconds, memory: sample.memory };
}

async function send({ method = "GET", path, headers, from, to }: Work, url: string): Promise<void> {
  const body = from === undefined ? {} : { body: Readable.toWeb(createReadStream(from)), duplex: "half" };
  const response = await fetch(url + path, { method, headers, ...body } as RequestInit);
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  const nowhere = new Writable({ write: (_piece, _encoding, written) => written() });
  if (response.body)
    await pipeline(Readable.fromWeb(response.body as never), to === undefined ? nowhere : createWriteStream(to));
}
