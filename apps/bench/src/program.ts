import type { Report } from "./report.ts";

/** How a program is run. */
export interface Circumstances {
  /** Whether it has few rounds with less work in each. */
  readonly quick: boolean;
  /** An empty folder, which is deleted at the end. */
  readonly folder: string;
}

/** A benchmark: what a module in the folder of its subject exports. */
export interface Program {
  /** What is compared, in a sentence or two. */
  readonly about: string;
  /** Packages that take part, by their names in the catalog of `pnpm-workspace.yaml`. */
  readonly peers: readonly string[];
  /** Measures, and yields each table. */
  measure(circumstances: Circumstances): AsyncIterable<Report>;
}
