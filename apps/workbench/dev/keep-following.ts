import { watch } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Follow, Run, Step } from "./follow.ts";

/** Told what happens, in the order in which it does. */
export interface Listener {
  /** The first step is done: `milliseconds` after it began. */
  first(step: Step, milliseconds: number): void;
  rest(step: Step, milliseconds: number): void;
  /** A file that is loaded once has changed: the path within the folder of the description. */
  loadedOnce(path: string): void;
  /** Nothing is under way, and no change is waiting. */
  idle?(): void;
}

/** Time for an editor to finish saving, in milliseconds: some empty a file before they write it. */
const settle = 10;

/** What is not part of the description, and what only people read. */
const ignored = ["node_modules", "dist", ".turbo"];

/**
 * Makes everything follow each change of a folder, one run at a time, until closed. Changes during a run are for the next one; the rest of a run is
 * left out where a next one is waiting.
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
