import { watch } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Follow, Run, Step } from "./follow.ts";

/** Is called with each event, in its order. */
export interface Listener {
  /** The first step is done: `milliseconds` after it began. */
  first(step: Step, milliseconds: number): void;
  rest(step: Step, milliseconds: number): void;
  /** A file that is loaded once has changed: the path within the folder of the description. */
  loadedOnce(path: string): void;
  /** No rebuild is running, and no change is waiting. */
  idle?(): void;
}

/** Time for an editor to finish saving, in milliseconds: some empty a file before they write it. */
const settle = 10;

/** Folders that are not part of the description. */
const ignored = ["node_modules", "dist", ".turbo"];

/**
 * Rebuilds on each change of a folder, one rebuild at a time, until closed. A change during a rebuild starts the next one, and the second step of
 * the running one is skipped.
 */
export function keepFollowing(folder: string, follow: Follow, listener: Listener): { close(): Promise<void> } {
  let waiting = false;
  let running: Promise<void> | undefined;

  const trigger = (): void => {
    waiting = true;
    running ??= runAll().finally(() => {
      running = undefined;
    });
  };
  const runAll = async (): Promise<void> => {
    while (waiting) {
      await pause(settle);
      waiting = false;
      const [{ first, rest }, milliseconds] = await timed<Run>(follow);
      listener.first(first, milliseconds);
      if (rest !== undefined && !waiting) listener.rest(...(await timed<Step>(rest)));
    }
    listener.idle?.();
  };

  const watcher = watch(folder, { recursive: true, ignore: ignored }, (_, path) => {
    if (path !== null && isLoadedOnce(path)) listener.loadedOnce(path);
    else trigger();
  });
  return {
    async close() {
      watcher.close();
      waiting = false;
      await running;
    },
  };
}

function isLoadedOnce(path: string): boolean {
  return path === "redocly.yaml";
}

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const start = performance.now();
  return [await work(), performance.now() - start];
}
