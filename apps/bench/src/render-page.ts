import type { Program } from "./programs.ts";
import { renderReport } from "./render-report.ts";
import type { Report } from "./report.ts";

/** What a page of benchmarks says. */
export interface Page {
  readonly quick: boolean;
  readonly machine: string;
  /** Node.js and the packages that take part, each with its version. */
  readonly versions: readonly string[];
  /** For each part of the repository its programs with their reports. */
  readonly parts: Readonly<
    Record<string, readonly { readonly program: Program; readonly reports: readonly Report[] }[]>
  >;
}

/** The page as Markdown. */
export function renderPage({ quick, machine, versions, parts }: Page): string {
  const again = quick ? "`pnpm bench --quick`" : "`pnpm bench`";
  const blocks = [
    "# Benchmarks",
    `Written by ${again}; run it to see what your machine says.${quick ? " This was a quick run, of few rounds: trust it to a factor of two." : ""}`,
    "Each table divides by its first row, which says how much 1 is. A ratio is made within one round, so that a change of the machine's speed falls out: median (least–most) over the rounds. Less is better, but for calls per second.",
    `- Machine: ${machine}\n- Versions: ${versions.join(", ")}`,
    ...Object.entries(parts).flatMap(([part, runs]) => [
      `## ${part}`,
      ...runs.flatMap(({ program, reports }) => [
        `${program.about} Program: [\`${program.file}\`](${program.file}).`,
        ...reports.map(renderReport),
      ]),
    ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}
