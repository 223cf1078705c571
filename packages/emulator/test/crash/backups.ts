import { createWriteStream, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { control } from "./control.ts";
import type { History, Range } from "./history.ts";

/** A backup that was finished, with the writes of each user that it can have. */
interface Backup {
  readonly path: string;
  readonly range: Range;
}

/** Takes backups one after the other while the state is written. */
export class Backups {
  /** The first and the last one of a run. */
  kept: readonly Backup[] = [];
  finished = 0;
  interrupted = 0;
  readonly #folder: string;
  readonly #histories: readonly History[];

  constructor(folder: string, histories: readonly History[]) {
    this.#folder = folder;
    this.#histories = histories;
  }

  async takeUntilKilled(url: string): Promise<void> {
    this.#remove(this.kept);
    this.kept = [];
    for (;;) {
      const path = join(this.#folder, `backup ${this.finished}`);
      const least = this.#counts(({ acknowledged }) => acknowledged);
      this.interrupted++;
      const { body } = await control(url, "GET", "backup");
      await pipeline(Readable.fromWeb(body!), createWriteStream(path));
      this.interrupted--;
      this.finished++;
      const most = this.#counts(({ tried }) => tried);
      const backup: Backup = { path, range: (history) => [least.get(history) ?? 0, most.get(history) ?? 0] };
      const [first = backup, ...others] = this.kept;
      this.#remove(others);
      this.kept = first === backup ? [backup] : [first, backup];
    }
  }

  #counts(count: (history: History) => number): ReadonlyMap<History, number> {
    return new Map(this.#histories.map((history) => [history, count(history)]));
  }

  #remove(backups: readonly Backup[]): void {
    for (const { path } of backups) rmSync(path);
  }
}
